package httpapi_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/httpapi"
	"byline/backend/internal/ideas"
)

// accepted gives a request of an operation that works, and who may send it, from the table of rights.
func (w *company) accepted(id string) (request, *client, bool) {
	for _, r := range rows {
		if r.op != id {
			continue
		}
		for i, status := range strings.Fields(r.want) {
			if strings.HasPrefix(status, "2") {
				c := w.columns()[i]
				if r.fresh && i > 0 {
					u := c.User
					u.ID = uuid.Nil
					c = w.person(u)
				}
				return r.make(w, c), c, true
			}
		}
	}
	return request{}, nil, false
}

// badValue is a value that a schema must refuse.
type badValue struct {
	what     string
	location string // of the field at fault, below "body"
	body     object
	// lenient says that the domain judges it: any 4xx will do, with or without the field's name
	lenient bool
}

func (s jsonSchema) types() []string {
	switch t := s.Type.(type) {
	case string:
		return []string{t}
	case []any:
		var all []string
		for _, x := range t {
			all = append(all, fmt.Sprint(x))
		}
		return all
	}
	return nil
}

func resolve(s jsonSchema, schemas map[string]jsonSchema) jsonSchema {
	if s.Ref != "" {
		return schemas[s.Ref[strings.LastIndex(s.Ref, "/")+1:]]
	}
	return s
}

// with gives a copy of a body in which one field, named by its path, is another or gone.
func with(o object, path []string, value any, remove bool) object {
	c := maps.Clone(o)
	if c == nil {
		c = object{}
	}
	if len(path) > 1 {
		inner, _ := c[path[0]].(object)
		c[path[0]] = with(inner, path[1:], value, remove)
		return c
	}
	if remove {
		delete(c, path[0])
	} else {
		c[path[0]] = value
	}
	return c
}

// badValues gives everything that is wrong with a good body in one place each.
func badValues(good object, s jsonSchema, schemas map[string]jsonSchema, path []string) (all []badValue) {
	s = resolve(s, schemas)
	at := func(p []string) string { return strings.Join(append([]string{"body"}, p...), ".") }
	all = append(all, badValue{what: "a field that is not known", location: at(append(slices.Clone(path), "surprise")), body: with(good, append(slices.Clone(path), "surprise"), 1, false)})
	for _, name := range s.Required {
		all = append(all, badValue{what: name + " is missing", location: at(path), body: with(good, append(slices.Clone(path), name), nil, true)})
	}
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		p := resolve(s.Properties[name], schemas)
		here := append(slices.Clone(path), name)
		add := func(what string, value any, lenient bool) {
			all = append(all, badValue{what: strings.Join(here, ".") + " " + what, location: at(here), body: with(good, here, value, false), lenient: lenient})
		}
		types := p.types()
		switch {
		case slices.Contains(types, "string"):
			add("is a number", 7, false)
			add("is a list", []any{"x"}, false)
			if p.MaxLength != nil {
				add("is too long", strings.Repeat("x", *p.MaxLength+1), false)
			}
			if len(p.Enum) > 0 {
				add("is none of the choices", "none of them", false)
			} else if p.Format == "uuid" || p.Format == "date" || p.Format == "date-time" || p.Pattern != "" {
				add("has another form", "None of these!", false)
			} else if p.MaxLength != nil {
				add("holds what no text may hold", "a\x00b", false)
			}
			if p.MinLength != nil {
				add("is empty", "", false)
			}
		case slices.Contains(types, "boolean"):
			add("is a text", "yes", false)
		case slices.Contains(types, "integer"), slices.Contains(types, "number"):
			add("is a text", "7", false)
			add("is far too large", 1e300, false)
			if p.Maximum != nil {
				add("is too large", *p.Maximum+1, false)
			}
			if p.Minimum != nil {
				add("is too small", *p.Minimum-1, false)
			}
		case slices.Contains(types, "array"):
			add("is a text", "x", false)
			add("is a tree", object{"x": 1}, false)
			if p.MaxItems != nil {
				var item any = "x"
				if it := resolve(*p.Items, schemas); slices.Contains(it.types(), "integer") {
					item = 1
				} else if it.Format == "uuid" {
					item = uuid.NewString()
				}
				add("has too many", slices.Repeat([]any{item}, *p.MaxItems+1), false)
			}
			add("holds a tree", []any{object{}}, true)
			if it := resolve(*p.Items, schemas); slices.Contains(it.types(), "string") && it.Format == "" {
				add("holds a long text", []any{strings.Repeat("x", 20_000)}, true)
			}
		case len(p.Properties) > 0:
			add("is a text", "x", false)
			all = append(all, badValues(good, p, schemas, here)...)
		}
	}
	return all
}

// unlimited names the texts and lists of a body that have no limit in the description.
func unlimited(s jsonSchema, schemas map[string]jsonSchema, at string) (all []string) {
	s = resolve(s, schemas)
	for name, p := range s.Properties {
		p = resolve(p, schemas)
		switch here, types := at+"."+name, p.types(); {
		case slices.Contains(types, "string") && p.MaxLength == nil && len(p.Enum) == 0 && p.Format == "" && p.Pattern == "":
			all = append(all, here)
		case slices.Contains(types, "array") && p.MaxItems == nil:
			all = append(all, here)
		case len(p.Properties) > 0:
			all = append(all, unlimited(p, schemas, here)...)
		}
	}
	return all
}

func TestEveryBodyIsRefusedWhereItIsWrong(t *testing.T) {
	t.Parallel()
	operations, schemas := describe(t)
	w := newCompany(t)
	sent := 0
	for _, id := range slices.Sorted(maps.Keys(operations)) {
		o := operations[id]
		if o.Body == nil {
			continue
		}
		require.Empty(t, unlimited(*o.Body, schemas, id), "a text or list without a limit")
		r, c, ok := w.accepted(id)
		require.True(t, ok, "%s: no row says who may do it", id)
		var good object
		raw, err := json.Marshal(r.body)
		require.NoError(t, err)
		require.NoError(t, json.Unmarshal(raw, &good))
		refused := func(what string, got *answer) httpapi.Problem {
			sent++
			if got.Status < 400 || got.Status >= 500 {
				t.Errorf("%s, %s: %d %.300s", id, what, got.Status, got.Body)
				return httpapi.Problem{}
			}
			return got.problem()
		}
		for _, b := range badValues(good, *o.Body, schemas, nil) {
			bad := r
			bad.body = b.body
			p := refused(b.what, o.send(c, bad))
			if p.Status == 0 || b.lenient {
				continue
			}
			if p.Status != http.StatusUnprocessableEntity || len(p.Errors) == 0 || p.Errors[0].Location != b.location {
				t.Errorf("%s, %s: want 422 at %s, got %d %+v %s", id, b.what, b.location, p.Status, p.Errors, p.Detail)
			}
		}
		for what, body := range map[string]string{"broken JSON": `{"title":`, "no JSON": `title=x`, "a list": `[]`, "a text": `"x"`, "nothing": `null`, "a deep tree": strings.Repeat(`{"doc":`, 20_000)} {
			bad := r
			bad.body = body
			refused(what, o.send(c, bad))
		}
		path := fill(o.Path, r.path)
		ifMatch := fmt.Sprintf("%q", fmt.Sprint(max(r.rev, 1)))
		for _, contentType := range []string{"text/xml", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"} {
			require.Equal(t, http.StatusUnsupportedMediaType, refused(contentType, c.do(o.Method, path, string(raw), "Content-Type", contentType, "If-Match", ifMatch)).Status, "%s %s", id, contentType)
		}
		huge := c.do(o.Method, path, `{"x":"`+strings.Repeat("x", largest(id)+1<<20)+`"}`, "If-Match", ifMatch)
		require.Equal(t, http.StatusRequestEntityTooLarge, refused("huge", huge).Status, id)
		if r.rev != 0 {
			for _, header := range []string{"x", `""`, `"-1"`, `"0"`, `"99999999999999999999"`, "*"} {
				p := refused("If-Match "+header, c.do(o.Method, path, string(raw), "If-Match", header))
				if p.Status != http.StatusUnprocessableEntity || len(p.Errors) == 0 || p.Errors[0].Location != "header.If-Match" {
					t.Errorf("%s, If-Match %s: %d %+v", id, header, p.Status, p.Errors)
				}
			}
		}
		if got := o.send(c, r); got.Status >= 300 {
			t.Errorf("%s: the good request is refused after the bad ones: %d %.300s", id, got.Status, got.Body)
		}
	}
	require.Greater(t, sent, 500)
}

func TestEveryParameterIsRefusedWhereItIsWrong(t *testing.T) {
	t.Parallel()
	operations, schemas := describe(t)
	w := newCompany(t)
	known := w.idea(ideas.Everyone).ID.String()
	for _, id := range slices.Sorted(maps.Keys(operations)) {
		o := operations[id]
		good := url.Values{}
		for _, p := range o.Parameters {
			switch {
			case p.In != "query":
			case p.Name == "title" || p.Name == "q":
				good.Set(p.Name, "battery")
			case p.Required && len(p.Schema.Enum) > 0:
				good.Set(p.Name, fmt.Sprint(p.Schema.Enum[0]))
			}
		}
		params := object{"id": known, "version_id": uuid.NewString(), "asset_id": uuid.NewString(), "evidence_id": uuid.NewString(), "type": "idea", "token": "x"}
		check := func(what, location string, params object, q url.Values) {
			path := fill(o.Path, params)
			if len(q) > 0 {
				path += "?" + q.Encode()
			}
			var body any
			if o.Body != nil {
				body = object{}
			}
			got := w.admin.do(o.Method, path, body, "If-Match", `"1"`)
			if got.Status != http.StatusUnprocessableEntity {
				t.Errorf("%s, %s: want 422 at %s, got %d %.200s", id, what, location, got.Status, got.Body)
				return
			}
			p := got.problem()
			if !slices.ContainsFunc(p.Errors, func(e httpapi.FieldError) bool { return strings.HasPrefix(e.Location, location) }) {
				t.Errorf("%s, %s: want %s named, got %+v", id, what, location, p.Errors)
			}
		}
		if id == "createInvitation" || strings.HasPrefix(o.Path, "/session") {
			continue // for leads, or ends the session
		}
		unknown := maps.Clone(good)
		unknown.Set("surprise", "1")
		check("an unknown parameter", "query.surprise", params, unknown)
		for _, p := range o.Parameters {
			s := resolve(p.Schema, schemas)
			if slices.Contains(s.types(), "array") && s.Items != nil {
				s = resolve(*s.Items, schemas)
			}
			var bad []string
			switch types := s.types(); {
			case len(s.Enum) > 0 || s.Format != "" && !slices.Contains(types, "number") || slices.Contains(types, "integer") || slices.Contains(types, "boolean"):
				bad = append(bad, "none")
			}
			if s.MaxLength != nil {
				bad = append(bad, strings.Repeat("x", *s.MaxLength+1))
			}
			if p.Name == "limit" {
				bad = append(bad, "0", "-1", "101", "99999999999999999999")
			}
			if p.Name == "cursor" {
				bad = append(bad, "%%%", "bm9uZQ", "WzFd", "bnVsbDE")
			}
			for _, v := range bad {
				switch p.In {
				case "path":
					check(p.Name+"="+v[:min(len(v), 20)], "path."+p.Name, with(params, []string{p.Name}, url.PathEscape(v), false), good)
				case "query":
					q := maps.Clone(good)
					q.Set(p.Name, v)
					check(p.Name+"="+v[:min(len(v), 20)], "query."+p.Name, params, q)
				}
			}
		}
	}
}

// Random requests with a fixed seed: whatever comes, no answer is our fault, and every refusal is a problem.
func TestRandomRequestsAreNeverOurFault(t *testing.T) {
	t.Parallel()
	operations, schemas := describe(t)
	w := newCompany(t)
	r := rand.New(rand.NewPCG(20, 26))
	i, d, p := w.idea(ideas.Everyone), w.draft(false), w.post("offered")
	ids := []string{i.ID.String(), d.ID.String(), p.ID.String(), w.resource(false).ID.String(), w.file(w.rep).String(), w.rep.ID.String(), w.comment(w.rep, "idea", i.ID).ID.String(), uuid.Nil.String()}
	texts := []string{"", " ", "x", "%", "_", `\`, "'", `"`, "';--", "\x00", "\xff\xfe", "é", "🦊", "\u202e", "NaN", "-1", "0", "1e999", "null", "true", "../..", "%00", "${x}", "{{x}}", "<script>", strings.Repeat("x", 199), strings.Repeat("ü ", 80),
		"2026-02-30", "9999-12-31", "0000-00-00", "2026-11-25T00:00:00Z", "https://example.com/", "javascript:alert(1)", "http://", "//x", "a@b.co"}
	pick := func(from []string) string { return from[r.IntN(len(from))] }
	var value func(s jsonSchema, depth int) any
	value = func(s jsonSchema, depth int) any {
		s = resolve(s, schemas)
		if r.IntN(12) == 0 {
			return []any{nil, 1, "x", true, []any{}, object{}, -1.5, 1e300}[r.IntN(8)]
		}
		switch types := s.types(); {
		case len(s.Enum) > 0:
			return s.Enum[r.IntN(len(s.Enum))]
		case s.Format == "uuid":
			return pick(ids)
		case slices.Contains(types, "string"):
			return pick(texts)
		case slices.Contains(types, "boolean"):
			return r.IntN(2) == 0
		case slices.Contains(types, "integer"), slices.Contains(types, "number"):
			return r.IntN(200) - 50
		case slices.Contains(types, "array"):
			list := make([]any, r.IntN(4))
			for n := range list {
				list[n] = value(*s.Items, depth+1)
			}
			return list
		case len(s.Properties) > 0 && depth < 4:
			o := object{}
			for name, p := range s.Properties {
				if slices.Contains(s.Required, name) || r.IntN(2) == 0 {
					o[name] = value(p, depth+1)
				}
			}
			return o
		}
		return []any{json.RawMessage(paragraph(pick(texts))), "x", nil, object{"type": "doc"}}[r.IntN(4)]
	}
	names := slices.Sorted(maps.Keys(operations))
	people := w.columns()[1:]
	statuses := map[int]int{}
	for range 1500 {
		o := operations[names[r.IntN(len(names))]]
		if strings.HasPrefix(o.Path, "/session") || strings.HasSuffix(o.Path, "/accept") {
			continue // ends sessions, or hashes
		}
		params, q := object{}, url.Values{}
		for _, p := range o.Parameters {
			switch {
			case p.In == "path" && p.Name == "type":
				params[p.Name] = pick([]string{"idea", "draft", "post", "resource", "user"})
			case p.In == "path" && r.IntN(10) == 0:
				params[p.Name] = url.PathEscape(pick(texts[2:]))
			case p.In == "path":
				params[p.Name] = pick(ids)
			case p.In == "query" && r.IntN(3) == 0:
				q.Set(p.Name, fmt.Sprint(value(p.Schema, 0)))
			}
		}
		var body any
		if o.Body != nil {
			body = value(*o.Body, 0)
		}
		path := fill(o.Path, params)
		if len(q) > 0 {
			path += "?" + q.Encode()
		}
		headers := []string{"If-Match", pick([]string{`"1"`, `"2"`, `"3"`, "x", `W/"1"`})}
		if r.IntN(4) == 0 {
			headers = append(headers, "Idempotency-Key", fmt.Sprint(r.IntN(50)))
		}
		got := people[r.IntN(len(people))].do(o.Method, path, body, headers...)
		statuses[got.Status]++
		if got.Status >= 500 {
			t.Errorf("%s %s %v: %d %s", o.Method, path, body, got.Status, got.Body)
		} else if got.Status >= 400 {
			got.problem()
		}
	}
	require.Greater(t, statuses[200]+statuses[201]+statuses[204], 150, "%v", statuses)
}

// largest is how large the body of an operation may be.
func largest(operation string) int {
	if operation == "importDraft" { // a long text as Markdown
		return 8 << 20
	}
	return 2 << 20
}
