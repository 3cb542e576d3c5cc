import { getSchema } from '@tiptap/core'
import { DOMParser as PMParser } from '@tiptap/pm/model'
import { describe, expect, test } from 'vitest'
import { documentExtensions } from '@/shared/editor/extensions'
import { cleanPaste } from './cleanPaste'

const schema = getSchema(documentExtensions())

function read(html: string) {
  const body = new DOMParser().parseFromString(cleanPaste(html).html, 'text/html').body
  return PMParser.fromSchema(schema).parse(body)
}

// as Word puts it on the clipboard, written by hand
const word = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{margin:0}</style></head>
<body lang=EN-GB><!--StartFragment-->
<p class=MsoTitle>Cold chain</p>
<h1 style='mso-outline-level:1'>Costs<o:p></o:p></h1>
<p class=MsoNormal><b style='mso-bidi-font-weight:normal'>Bold</b>, <i>italic</i> and <a href="https://example.com/a">a link</a>.<a style='mso-comment-reference:JD_1'></a><span class=MsoCommentReference><span style='font-size:8pt'><a class=msocomanchor href="#_msocom_1">[JD1]</a></span></span></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]>One</p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>o<span>&nbsp; </span></span><![endif]>Under one</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span>&nbsp; </span></span><![endif]>Two</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>3.<span>&nbsp; </span></span><![endif]>Third</p>
<table class=MsoTableGrid border=1><tr><td width=300 colspan=2 style='border:solid'><p class=MsoNormal>Wide</p></td></tr><tr><td><p>A</p></td><td><p>B</p></td></tr></table>
<p class=MsoNormal><span style='display:none;mso-hide:all'>hidden words</span>Seen</p>
<div style='mso-element:comment-list'><div style='mso-element:comment'><p class=MsoCommentText>a comment</p></div></div>
<!--EndFragment--></body></html>`

const google = `<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><h2 dir="ltr" style="line-height:1.38"><span style="font-size:16pt;font-weight:700">Plan</span></h2>
<p dir="ltr"><span style="font-weight:700">Bold</span><span style="font-style:italic"> slanted</span> <a href="https://www.google.com/url?q=https://example.com/x&amp;sa=D" style="text-decoration:none"><span style="text-decoration:underline">there</span></a></p>
<ul><li dir="ltr" aria-level="1"><p role="presentation"><span>First</span></p></li><ul><li aria-level="2"><p>Nested</p></li></ul></ul>
<div dir="ltr"><table><colgroup><col width="100"></colgroup><tbody><tr><td><p><span>X</span></p></td></tr></tbody></table></div></b>`

describe('pasting', () => {
  test('a document of Word keeps its structure and loses the rest', () => {
    const text = read(word).toString()
    expect(text).toBe(
      'doc(heading("Cold chain"), heading("Costs"), paragraph(bold("Bold"), ", ", italic("italic"), " and ", link("a link"), "."), ' +
        'bulletList(listItem(paragraph("One"), bulletList(listItem(paragraph("Under one")))), listItem(paragraph("Two"))), ' +
        'orderedList(listItem(paragraph("Third"))), ' +
        'table(tableRow(tableCell(paragraph("Wide"))), tableRow(tableCell(paragraph("A")), tableCell(paragraph("B")))), paragraph("Seen"))',
    )
  })

  test('a document of Google keeps its structure too', () => {
    const doc = read(google)
    expect(doc.toString()).toBe(
      'doc(heading("Plan"), paragraph(bold("Bold"), italic(" slanted"), " ", link("there")), ' +
        'bulletList(listItem(paragraph("First"), bulletList(listItem(paragraph("Nested"))))), table(tableRow(tableCell(paragraph("X")))))',
    )
    let href = ''
    doc.descendants((node) => {
      href = (node.marks[0]?.attrs.href as string) ?? href
    })
    expect(href).toBe('https://example.com/x')
  })

  test('pictures come as files when they are there, as links when they are elsewhere', () => {
    const { html, pictures, links } = cleanPaste(
      '<p>a<img src="data:image/png;base64,iVBORw0KGgo="></p><img alt="There" src="https://elsewhere.example/x.png"><img src="file:///C:/x.png"><img src="data:image/svg+xml;base64,AAAA">',
    )
    expect(pictures.map((p) => [p.name, p.type, p.size])).toEqual([['pasted-1.png', 'image/png', 8]])
    expect(links).toBe(1)
    expect(html).toContain('<a href="https://elsewhere.example/x.png">There</a>')
    expect(html).not.toMatch(/<img|file:|svg/)
  })

  // pieces of attacks, put together at random: whatever comes of it runs nothing and loads nothing
  test('nothing that runs or loads comes through', () => {
    const pieces = [
      '<script>alert(1)</script>',
      '<img src=x onerror=alert(1)>',
      '<svg onload=alert(1)><a href="javascript:alert(1)">x</a></svg>',
      '<a href="java\tscript:alert(1)">',
      '<a href=" javascript:alert(1)">y</a>',
      '<a href="data:text/html,<script>1</script>">z</a>',
      '<iframe srcdoc="<script>1</script>"></iframe>',
      '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;<img src=1 onerror=alert(1)>">',
      '<form action=//evil.example><input name=p><button formaction=javascript:1>b</button></form>',
      '<p style="background:url(//evil.example/x)">s</p>',
      '<![if !supportLists]>',
      '<![endif]>',
      '<!--[if gte mso 9]><xml><o:x></o:x></xml><![endif]-->',
      '<p style="mso-list:l0 level1 lfo1">i',
      '<table><td colspan=99999 onclick=1>',
      '<template><script>1</script></template>',
      '<noscript><p title="</noscript><img src=x onerror=1>">',
      '<link rel=stylesheet href=//evil.example/x.css><meta http-equiv=refresh content=0><base href=//evil.example>',
      '<object data=x></object><embed src=x><video src=//evil.example autoplay></video>',
      '</p></td></table><b>',
    ]
    let seed = 7
    const random = (n: number) => {
      seed = (seed * 1103515245 + 12345) % 2147483648
      return seed % n
    }
    for (let run = 0; run < 400; run++) {
      const html = Array.from({ length: 1 + random(8) }, () => pieces[random(pieces.length)]).join('')
      const body = new DOMParser().parseFromString(cleanPaste(html).html, 'text/html').body
      expect(
        body.querySelector(
          'script, iframe, svg, math, style, img, object, embed, form, input, video, link, meta, template',
        ),
        html,
      ).toBeNull()
      for (const element of body.querySelectorAll('*')) {
        for (const { name, value } of element.attributes) {
          expect(['href', 'colspan', 'rowspan', 'align', 'start', 'type'], html).toContain(name)
          if (name === 'href') expect(value, html).toMatch(/^(https?:\/\/|mailto:)/i)
        }
      }
      expect(() => PMParser.fromSchema(schema).parse(body).check(), html).not.toThrow()
    }
  })
})
