package httpapi

import (
	"fmt"
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"
)

// idSchema describes an id, which huma knows only as a text.
type idSchema struct{}

// Schema implements huma.SchemaProvider.
func (idSchema) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Format: "uuid"}
}

func describeIDs(api huma.API) {
	api.OpenAPI().Components.Schemas.RegisterTypeAlias(reflect.TypeFor[uuid.UUID](), reflect.TypeFor[idSchema]())
}

// unstorable gives where an input holds a text that PostgreSQL does not take: with a zero byte, or not in UTF-8.
func unstorable(v reflect.Value, at string) string {
	switch v.Kind() {
	case reflect.String:
		if s := v.String(); strings.IndexByte(s, 0) >= 0 || !utf8.ValidString(s) {
			return at
		}
	case reflect.Pointer:
		if !v.IsNil() {
			return unstorable(v.Elem(), at)
		}
	case reflect.Slice:
		if k := v.Type().Elem().Kind(); k != reflect.String && k != reflect.Struct {
			return ""
		}
		for i := range v.Len() {
			if found := unstorable(v.Index(i), fmt.Sprintf("%s[%d]", at, i)); found != "" {
				return found
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if !f.IsExported() {
				continue
			}
			if found := unstorable(v.Field(i), locate(f, at)); found != "" {
				return found
			}
		}
	}
	return ""
}

// locate gives the place of a field as error answers name it.
func locate(f reflect.StructField, at string) string {
	for _, in := range []string{"path", "query", "header"} {
		if name, ok := f.Tag.Lookup(in); ok && at == "" {
			return in + "." + strings.Split(name, ",")[0]
		}
	}
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	switch {
	case f.Anonymous && name == "":
		return at
	case at == "" && f.Name == "Body":
		return "body"
	case name == "":
		name = f.Name
	}
	return at + "." + name
}
