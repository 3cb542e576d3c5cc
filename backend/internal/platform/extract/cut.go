package extract

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"slices"
	"strings"
)

// action is what becomes of an element of a part.
type action int

const (
	keep       action = iota
	drop              // with all that is in it
	unwrap            // what is in it stays
	dropParent        // the nearest element of a name around it goes
)

// wordRule says what becomes of an element of WordprocessingML so that comments, deleted and hidden words are gone and
// tracked insertions are plain; and what was found by it.
func wordRule(e xml.StartElement, parents []string, hidden map[string]bool) (do action, parent, what string) {
	if e.Name.Space != "w" && !strings.Contains(e.Name.Space, "wordprocessingml") {
		return keep, "", ""
	}
	switch name := e.Name.Local; name {
	case "comment":
		if last(parents, 1) == "comments" {
			return drop, "", WithinComments
		}
	case "commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef":
		return drop, "", WithinComments
	case "del", "moveFrom":
		if last(parents, 1) == "trPr" {
			return dropParent, "tr", WithinChanges
		}
		return drop, "", WithinChanges
	case "delText", "delInstrText", "numberingChange", "cellIns", "cellDel", "cellMerge", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd":
		return drop, "", WithinChanges
	case "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange", "tblGridChange", "tcPrChange", "trPrChange":
		return drop, "", WithinChanges
	case "ins", "moveTo":
		return unwrap, "", WithinChanges
	case "trackRevisions":
		return drop, "", ""
	case "vanish":
		if last(parents, 1) == "rPr" && last(parents, 2) == "r" && !isOff(attr(e, "val")) {
			return dropParent, "r", WithinHiddenText
		}
	case "rStyle":
		if hidden[attr(e, "val")] && last(parents, 1) == "rPr" && last(parents, 2) == "r" {
			return dropParent, "r", WithinHiddenText
		}
	case "pStyle":
		if hidden[attr(e, "val")] && last(parents, 1) == "pPr" && last(parents, 2) == "p" {
			return dropParent, "p", WithinHiddenText
		}
	}
	return keep, "", ""
}

// openRule is wordRule of OpenDocument.
func openRule(e xml.StartElement, parents []string, hidden map[string]bool) (do action, parent, what string) {
	switch e.Name.Local {
	case "annotation", "annotation-end":
		return drop, "", WithinComments
	case "changed-region", "change", "change-start", "change-end", "cell-content-change", "insertion-cut-off", "deletion":
		return drop, "", WithinChanges
	case "tracked-changes": // an empty one says only that changes are to be tracked
		return unwrap, "", ""
	case "hidden-text":
		return drop, "", WithinHiddenText
	case "hidden-paragraph":
		if attr(e, "is-hidden") != "false" {
			if lastIndex(parents, "h") > lastIndex(parents, "p") {
				return dropParent, "h", WithinHiddenText
			}
			return dropParent, "p", WithinHiddenText
		}
	case "section":
		if d := attr(e, "display"); d == "none" || d == "condition" && attr(e, "is-hidden") != "false" {
			return drop, "", WithinHiddenText
		}
	case "span", "p", "h", "a":
		if hidden[attr(e, "style-name")] {
			return drop, "", WithinHiddenText
		}
	}
	return keep, "", ""
}

// cut copies XML byte by byte but for the elements that are left out.
func cut(part []byte, rule func(e xml.StartElement, parents []string) (do action, parent string)) ([]byte, error) {
	d := xml.NewDecoder(bytes.NewReader(part))
	var out bytes.Buffer
	var parents []string
	type element struct {
		at        int // in out
		unwrapped bool
	}
	var open []element
	from := int64(0) // of part, not copied yet
	copyTo := func(at int64) { out.Write(part[from:at]); from = at }
	for {
		at := d.InputOffset()
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			copyTo(int64(len(part)))
			return out.Bytes(), nil
		}
		if err != nil {
			return nil, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if len(parents) > mostDeep {
				return nil, errTooDeep
			}
			do, parent := rule(t, parents)
			copyTo(at)
			switch around := lastIndex(parents, parent); {
			case do == drop, do == dropParent && around < 0:
				if err := d.Skip(); err != nil {
					return nil, err
				}
				from = d.InputOffset()
			case do == dropParent:
				for range len(parents) - around + 1 {
					if err := d.Skip(); err != nil {
						return nil, err
					}
				}
				out.Truncate(open[around].at)
				parents, open, from = parents[:around], open[:around], d.InputOffset()
			default:
				if do == unwrap {
					from = d.InputOffset()
				}
				parents, open = append(parents, t.Name.Local), append(open, element{out.Len(), do == unwrap})
			}
		case xml.EndElement:
			n := len(open) - 1
			if open[n].unwrapped {
				copyTo(at)
				from = d.InputOffset()
			}
			parents, open = parents[:n], open[:n]
		}
	}
}

func lastIndex(names []string, name string) int {
	for i := len(names) - 1; i >= 0; i-- {
		if names[i] == name {
			return i
		}
	}
	return -1
}

// Clean writes a copy of an Office file of CanLookWithin to another path: without comments, without what was deleted or is
// hidden, and without what it says of its maker. It is made to be drawn. reason is "" when that went well.
func (e Extractor) Clean(ctx context.Context, path, to string) (reason string, err error) {
	end, err := e.own(ctx, "--clean", path, to)
	if err != nil {
		return "", err
	}
	return end.failure(), nil
}

// cleanOffice is the child's part.
func cleanOffice(path, to string) error {
	archive, err := zip.OpenReader(path)
	if err != nil {
		return err
	}
	defer func() { _ = archive.Close() }()
	if len(archive.File) > 10_000 {
		return errTooMuch
	}
	open := slices.ContainsFunc(archive.File, func(f *zip.File) bool { return f.Name == "mimetype" })
	budget := int64(128 << 20)
	hidden, err := hiddenStyles(archive.File, &budget)
	if err != nil {
		return err
	}
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	w := zip.NewWriter(out)
	for _, f := range archive.File {
		if err = cleanPart(w, f, open, hidden, &budget); err != nil {
			break
		}
	}
	return errors.Join(err, w.Close(), out.Close())
}

func cleanPart(w *zip.Writer, f *zip.File, open bool, hidden map[string]bool, budget *int64) error {
	name := partName(f)
	about := strings.HasPrefix(name, "docprops/") || name == "meta.xml"
	if !strings.HasSuffix(name, ".xml") || !about && !open && !strings.HasPrefix(name, "word/") || strings.HasPrefix(name, "meta-inf/") {
		return w.Copy(f)
	}
	var left []byte
	err := readPart(f, budget, func(r io.Reader) error {
		part, err := io.ReadAll(r)
		if err != nil {
			return err
		}
		left, err = cut(part, func(e xml.StartElement, parents []string) (action, string) {
			switch {
			case about:
				if last(parents, 1) == "meta" || len(parents) > 0 && e.Name.Local != "meta" {
					return drop, ""
				}
				return keep, ""
			case open:
				do, parent, _ := openRule(e, parents, hidden)
				return do, parent
			}
			do, parent, _ := wordRule(e, parents, hidden)
			return do, parent
		})
		return err
	})
	if err != nil {
		return err
	}
	to, err := w.Create(f.Name)
	if err == nil {
		_, err = to.Write(left)
	}
	return err
}
