"""An evaluated figure in, a Plotly figure out; a drawing in, what page, paper and download show out."""
