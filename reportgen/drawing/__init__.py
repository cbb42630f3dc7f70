"""A Plotly figure in, SVG or PNG out: plotly.js in V8, Kaleido, resvg."""
