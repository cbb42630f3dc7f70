-- Formats citations and reads bibliographies for reportgen/citing/pandoc.py.
-- In: one JSON request a line on stdin. Out: one JSON answer a line on stdout, {"ok": ...} or {"error": text}. Effects: none else.
-- Authors' words are given to pandoc as elements of a document, not as Markdown.

local READ = pandoc.ReaderOptions{}
local NO_FILES = {}
local HTML = pandoc.WriterOptions{wrap_text = 'none'}
-- Pandoc finds a locator in a suffix by the terms of the document's language. pandoc.py gives every style one more form of
-- each term, this character and the label's CSL name, so that any label can be named in any language.
local LABEL = utf8.char(0xE000)
local SOURCES = 'sources.json'

local function list(values)
  return pandoc.List(values)
end

-- `*words*` and `\_` in a prefix or suffix. Any other Markdown stays as it is typed.
local function inlines(text)
  if not text:find('[*_`\\]') then return pandoc.Inlines(text) end
  local before, words, after = text:match('^(%s*%p?%s*)(.-)(%s*)$')
  if before:find('[*_`\\]') then before, words = '', text:match('^(.-)%s*$') end
  local read = pandoc.read(words, 'commonmark', READ, NO_FILES).blocks
  local plain = #read == 1 and read[1].t == 'Para'
  if plain then
    read[1]:walk{Inline = function(element)
      if not (element.t == 'Str' or element.t == 'Space' or element.t == 'SoftBreak' or element.t == 'Emph'
              or element.t == 'Strong') then plain = false end
    end}
  end
  if not plain then return pandoc.Inlines(text) end
  return pandoc.Inlines(before) .. read[1].content .. pandoc.Inlines(after)
end

local function citation(item, note)
  local mode = item.author_in_text and 'AuthorInText' or item.suppress_author and 'SuppressAuthor' or 'NormalCitation'
  local suffix = inlines(item.suffix)
  if item.locator ~= '' then
    local label = item.label ~= '' and LABEL .. item.label .. ' ' or ''
    suffix = pandoc.Inlines(', {' .. label .. item.locator .. '}') .. suffix
  elseif #suffix > 0 then
    -- Empty braces keep pandoc from reading a locator out of words in which we found none.
    suffix = pandoc.Inlines('{}') .. suffix
  end
  return pandoc.Citation(item.source, mode, inlines(item.prefix), suffix, note)
end

-- A filter for inlines: no raw HTML, no images, no links except to the web and to references on the page.
local function safe(anchors)
  return {
    RawInline = function() return {} end,
    Image = function(image) return image.caption end,
    Span = function(span)
      if span.identifier == '' and #span.classes == 0 and #span.attributes == 0 then return span.content end
    end,
    Link = function(link)
      local id = link.target:match('^#ref%-(.*)$')
      if id then
        if not anchors[id] then return link.content end
        return pandoc.Link(link.content, '#' .. anchors[id], '', {role = 'doc-biblioref'})
      end
      local scheme = link.target:match('^(%a[%w+.-]*):')
      scheme = scheme and scheme:lower()
      if scheme == 'http' or scheme == 'https' or scheme == 'mailto' then return link end
      return link.content
    end,
  }
end

-- The HTML of each list of inlines. They are written as one document, for a call of pandoc costs more than what it does.
-- Text is escaped, so it cannot contain the separator.
local function html(pieces, anchors)
  local blocks = list{}
  for _, piece in ipairs(pieces) do
    blocks:insert(pandoc.Plain(piece))
    blocks:insert(pandoc.RawBlock('html', '<!-->'))
  end
  local text = pandoc.write(pandoc.Pandoc(pandoc.Blocks(blocks):walk(safe(anchors))), 'html', HTML)
  local found = list{}
  for piece in text:gmatch('(.-)\n?<!%-%->\n?') do
    -- Pandoc makes block elements of a style's display spans. All text is escaped by now, so these are tags.
    found:insert((piece:gsub('\n', ' '):gsub('<(/?)div', '<%1span')))
  end
  return found
end

local function content_of(blocks)
  return pandoc.utils.blocks_to_inlines(blocks, {pandoc.Space()})
end

-- An entry's label and its text.
local function parts(div)
  local label = pandoc.Inlines{}
  local content = content_of(div.content):walk{Span = function(span)
    if span.classes:includes('csl-left-margin') then
      label = span.content
      return {}
    end
    if span.classes:includes('csl-right-inline') then return span.content end
  end}
  return label, content
end

local function trimmed(text)
  return (text:gsub('^%s+', ''):gsub('%s+$', ''))
end

local operations = {}

function operations.style(request)
  pandoc.mediabag.insert(request.name, 'application/xml', request.xml)
  return true
end

function operations.format(request)
  local blocks = list{}
  for index, items in ipairs(request.citations) do
    local number = request.notes[index] or 0
    local cite = pandoc.Cite({}, list(items):map(function(item) return citation(item, number) end))
    blocks:insert(pandoc.Para{cite})
  end
  -- As a file, not as metadata: there, dates in words are lost.
  pandoc.mediabag.insert(SOURCES, 'application/json', request.sources)
  local meta = {bibliography = SOURCES, csl = request.style, lang = request.lang, ['link-citations'] = true}
  if #request.nocite > 0 then
    local silent = list(request.nocite):map(function(id) return pandoc.Citation(id, 'NormalCitation') end)
    meta.nocite = pandoc.MetaInlines{pandoc.Cite({}, silent)}
  end
  local answer = pandoc.utils.citeproc(pandoc.Pandoc(blocks, meta))
  pandoc.mediabag.delete(SOURCES)

  local anchors, entries = {}, list{}
  answer:walk{Div = function(div)
    local id = div.identifier:match('^ref%-(.*)$')
    if id and div.classes:includes('csl-entry') then
      anchors[id] = request.anchors[id]
      entries:insert(div)
    end
  end}
  local pieces, noted = list{}, {}
  for index = 1, #request.citations do
    local text, note = pandoc.Inlines{}, nil
    for _, element in ipairs(answer.blocks[index].content[1].content) do
      if element.t == 'Note' then note = content_of(element.content) else text:insert(element) end
    end
    noted[index] = note ~= nil
    pieces:insert(note or text)
    pieces:insert(note and text or pandoc.Inlines{})
  end
  for _, div in ipairs(entries) do
    local label, content = parts(div)
    pieces:insert(label)
    pieces:insert(content)
  end
  local written = html(pieces, anchors)
  local citations, names, bibliography = list{}, list{}, list{}
  for index = 1, #request.citations do
    citations:insert(written[2 * index - 1])
    names:insert(noted[index] and written[2 * index] or '')
  end
  for index, div in ipairs(entries) do
    local at = 2 * (#request.citations + index)
    bibliography:insert{
      source = div.identifier:gsub('^ref%-', ''),
      label = trimmed(written[at - 1]),
      html = trimmed(written[at]),
    }
  end
  return {citations = citations, names = names, bibliography = bibliography}
end

function operations.bibliography(request)
  -- CSL-JSON knows no mathematics: formulas become letters, italics and raised signs.
  local document = pandoc.read(request.text, request.format, READ, NO_FILES):walk{Math = function(math)
    return content_of(pandoc.read(pandoc.write(pandoc.Pandoc{pandoc.Plain{math}}, 'html', HTML), 'html').blocks)
  end}
  return pandoc.json.decode(pandoc.write(document, 'csljson'), false)
end

for line in io.lines() do
  local ok, answer = pcall(function()
    local request = pandoc.json.decode(line, false)
    return operations[request.operation](request)
  end)
  io.stdout:write(pandoc.json.encode(ok and {ok = answer} or {error = tostring(answer)}), '\n')
  io.stdout:flush()
end
