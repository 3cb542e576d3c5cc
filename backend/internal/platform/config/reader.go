package config

import (
	"fmt"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// reader reads variables and collects what is wrong with them.
type reader struct {
	getenv func(string) string
	errors []error
}

func (r *reader) bad(name, format string, args ...any) {
	r.errors = append(r.errors, SettingError{name, fmt.Sprintf(format, args...)})
}

// named says whether a variable was found wrong already.
func (r *reader) named(name string) bool {
	return slices.ContainsFunc(r.errors, func(err error) bool {
		e, ok := err.(SettingError)
		return ok && e.Name == name
	})
}

func (r *reader) text(name, otherwise string) string {
	if s := strings.TrimSpace(r.getenv(name)); s != "" {
		return s
	}
	return otherwise
}

// choice takes one of the given words; the first is the default.
func (r *reader) choice(name string, words ...string) string {
	s := strings.ToLower(r.text(name, words[0]))
	if !slices.Contains(words, s) {
		r.bad(name, "want one of %s, but got %q", strings.Join(words, ", "), s)
		return words[0]
	}
	return s
}

func (r *reader) number(name string, otherwise, least, most float64) float64 {
	s := r.text(name, "")
	if s == "" {
		return otherwise
	}
	n, err := strconv.ParseFloat(s, 64)
	if err != nil || n < least || n > most {
		r.bad(name, "want a number from %g to %g, but got %q", least, most, s)
		return otherwise
	}
	return n
}

func (r *reader) duration(name string, otherwise time.Duration) time.Duration {
	s := r.text(name, "")
	if s == "" {
		return otherwise
	}
	d, err := time.ParseDuration(s)
	if err != nil || d < 0 {
		r.bad(name, "want a duration such as 5s, but got %q", s)
		return otherwise
	}
	return d
}

// list splits at commas and spaces.
func (r *reader) list(name string) []string {
	return strings.FieldsFunc(r.text(name, ""), func(c rune) bool { return c == ',' || c == ' ' })
}

// address is an http(s) address without query, given back without a slash at its end.
func (r *reader) address(name string) string {
	s := r.text(name, "")
	if s == "" {
		return ""
	}
	return r.checkURL(name, s)
}

func (r *reader) checkURL(name, s string) string {
	u, err := url.Parse(s)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.RawQuery != "" || u.User != nil {
		r.bad(name, "want an address such as https://files.example.com, but got %q", s)
		return ""
	}
	return strings.TrimSuffix(s, "/")
}

func (r *reader) urls(name string) (all []string) {
	for _, s := range r.list(name) {
		if s == "off" && len(all) == 0 {
			all = append(all, s)
			continue
		}
		if u := r.checkURL(name, s); u != "" {
			all = append(all, u)
		}
	}
	return all
}

// origin is an address without a path.
func (r *reader) origin(name string) *url.URL {
	s := r.address(name)
	if s == "" {
		return nil
	}
	u, err := url.Parse(s)
	if err != nil || u.Path != "" {
		r.bad(name, "want an address without a path, but got %q: the application needs a host of its own", s)
		return nil
	}
	return u
}

func (r *reader) prefixes(name string) (all []netip.Prefix) {
	for _, s := range r.list(name) {
		p, err := hostOf(s)
		if err != nil {
			r.bad(name, "want addresses or ranges such as 10.0.0.0/8, but got %q", s)
			continue
		}
		all = append(all, p)
	}
	return all
}

// Names lists every variable that Load reads.
func Names() []string {
	var names []string
	_, _ = Load(func(name string) string {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
		return ""
	})
	return names
}
