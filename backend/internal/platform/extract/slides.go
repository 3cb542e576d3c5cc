package extract

import (
	"archive/zip"
	"encoding/xml"
	"io"
	"path"
	"strings"
)

// slideOrder gives the place of each slide, and of its notes, as the presentation shows them: by the name of the part.
// The numbers in the names are those in which slides were made. nil when the order cannot be read.
func slideOrder(files []*zip.File) map[string]int {
	parts := map[string]*zip.File{}
	for _, f := range files {
		parts[path.Clean(f.Name)] = f
	}
	targets := relations(parts["ppt/_rels/presentation.xml.rels"], "ppt")
	order := map[string]int{}
	walkXML(parts["ppt/presentation.xml"], func(e xml.StartElement) {
		if e.Name.Local != "sldId" {
			return
		}
		for _, a := range e.Attr {
			if a.Name.Local == "id" && a.Name.Space != "" { // r:id, not id
				if slide, ok := targets[a.Value]; ok && order[slide] == 0 {
					order[slide] = len(order) + 1
				}
			}
		}
	})
	if len(order) == 0 {
		return nil
	}
	for slide, n := range order {
		for _, target := range relations(parts[path.Join("ppt/slides/_rels", path.Base(slide)+".rels")], "ppt/slides") {
			if strings.HasPrefix(target, "ppt/notesSlides/") {
				order[target] = n
			}
		}
	}
	return order
}

// isSlide says whether a part is a slide, and not its notes.
func isSlide(f *zip.File) bool { return strings.HasPrefix(path.Clean(f.Name), "ppt/slides/") }

// isHidden says whether the maker of a slide has hidden it.
func isHidden(slide *zip.File) (hidden bool) {
	walkXML(slide, func(e xml.StartElement) {
		for _, a := range e.Attr {
			if e.Name.Local == "sld" && a.Name.Local == "show" && (a.Value == "0" || a.Value == "false") {
				hidden = true
			}
		}
	})
	return hidden
}

// relations reads a .rels part: targets by id, from the top of the archive.
func relations(f *zip.File, dir string) map[string]string {
	targets := map[string]string{}
	walkXML(f, func(e xml.StartElement) {
		if e.Name.Local != "Relationship" {
			return
		}
		var id, target string
		for _, a := range e.Attr {
			switch a.Name.Local {
			case "Id":
				id = a.Value
			case "Target":
				target = a.Value
			}
		}
		if strings.HasPrefix(target, "/") {
			targets[id] = path.Clean(target[1:])
		} else {
			targets[id] = path.Join(dir, target)
		}
	})
	return targets
}

func walkXML(f *zip.File, visit func(xml.StartElement)) {
	if f == nil {
		return
	}
	r, err := f.Open()
	if err != nil {
		return
	}
	defer func() { _ = r.Close() }()
	d := xml.NewDecoder(io.LimitReader(r, 4<<20))
	for {
		token, err := d.Token()
		if err != nil {
			return
		}
		if e, ok := token.(xml.StartElement); ok {
			visit(e)
		}
	}
}
