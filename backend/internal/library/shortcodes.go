package library

import (
	"regexp"
	"strings"
)

// Markdown of real sites is full of instructions to the generator that made them, which are noise to a reader. These are
// dropped, or turned into what they would have shown where plain Markdown can say it. Code is left as it is.
var (
	// highlighted is Hugo's and Jekyll's way to write a code block.
	highlighted = regexp.MustCompile(`(?s)\{\{[<%]\s*highlight\s+"?([\w+#-]*)[^}]*[>%]\}\}\n?(.*?)\n?\{\{[<%]\s*/\s*highlight\s*[>%]\}\}|\{%-?\s*highlight\s+([\w+#-]*)[^%]*%\}\n?(.*?)\n?\{%-?\s*endhighlight\s*-?%\}`)
	// instructions are Hugo's {{< … >}} and {{% … %}}, Jekyll's {% … %} and {{ … }}, and kramdown's {: … }; the first
	// alternative is inline code, which is kept.
	instructions = regexp.MustCompile("(?s)``[^\n]+?``|`[^`\n]*`" + `|\{\{[<%].*?[>%]\}\}|\{%.*?%\}|\{\{[^{}]*\}\}|\{:[^{}\n]*\}|[ \t]*\{[#.][\w#.: -]+\}`)
	// callout is the [!NOTE] of GitHub and of Microsoft's documentation.
	callout = regexp.MustCompile(`(?m)^([ \t]*(?:>[ \t]*)+)\[!([A-Za-z]+)\]`)
	// container is the :::note of Docusaurus and others; mdx are the imports of pages that are programs,
	container = regexp.MustCompile(`(?m)^[ \t]*:::+[ \t]*\{?\.?([a-z]*)[^\n]*$`)
	// and tags whose attributes are expressions.
	mdx = regexp.MustCompile(`(?m)^(?:import\s[^\n]*\sfrom\s+['"][^\n]*['"];?|export\s+(?:const|default)\s[^\n]*)$|<[A-Za-z][^<>{}]*=\{[^<>{}]*\}[^<>{}]*>`)
)

var containers = map[string]string{"note": "Note", "tip": "Tip", "info": "Note", "important": "Important", "warning": "Warning", "caution": "Caution", "danger": "Warning"}

// readableMarkdown turns the Markdown of a site into Markdown for readers.
func readableMarkdown(s string) string {
	s = highlighted.ReplaceAllStringFunc(s, func(m string) string {
		part := highlighted.FindStringSubmatch(m)
		return "```" + part[1] + part[3] + "\n" + part[2] + part[4] + "\n```"
	})
	var out, prose strings.Builder
	flush := func() {
		out.WriteString(cleanProse(prose.String()))
		prose.Reset()
	}
	fence := ""
	for l := range strings.Lines(s) {
		t := strings.TrimLeft(l, " \t>")
		mark := fenceOf(t)
		switch {
		case fence == "" && mark != "":
			flush()
			fence = mark
			out.WriteString(l)
		case fence != "":
			if mark != "" && mark[0] == fence[0] && len(mark) >= len(fence) && strings.TrimSpace(t) == mark {
				fence = ""
			}
			out.WriteString(l)
		default:
			prose.WriteString(l)
		}
	}
	flush()
	return out.String()
}

// fenceOf gives the run of three or more backticks or tildes that a line begins with.
func fenceOf(l string) string {
	for _, c := range []byte("`~") {
		n := 0
		for n < len(l) && l[n] == c {
			n++
		}
		if n >= 3 && (c == '~' || !strings.Contains(l[n:], "`")) {
			return l[:n]
		}
	}
	return ""
}

func cleanProse(s string) string {
	if s == "" {
		return s
	}
	s = instructions.ReplaceAllStringFunc(s, func(m string) string {
		if m[0] == '`' {
			return m
		}
		return ""
	})
	s = callout.ReplaceAllStringFunc(s, func(m string) string {
		part := callout.FindStringSubmatch(m)
		return part[1] + "**" + strings.ToUpper(part[2][:1]) + strings.ToLower(part[2][1:]) + "**\\"
	})
	s = container.ReplaceAllStringFunc(s, func(m string) string {
		if title, ok := containers[container.FindStringSubmatch(m)[1]]; ok {
			return "\n**" + title + "**\n"
		}
		return ""
	})
	return mdx.ReplaceAllString(s, "")
}
