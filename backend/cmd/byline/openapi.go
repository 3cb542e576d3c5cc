package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/url"

	"byline/backend/internal/platform/config"
)

// openAPI prints the description of the API. It comes from the types of the operations, so nothing has to run.
func openAPI(out io.Writer) error {
	cfg, err := config.Load(func(string) string { return "" }) // the same on every machine
	if err != nil {
		return err
	}
	a, err := newApp(cfg, &parts{}, nil)
	if err != nil {
		return err
	}
	server := a.server(cfg, &parts{}, &url.URL{Scheme: "http", Host: "localhost"}, nil)
	description, err := server.OpenAPI()
	if err != nil {
		return err
	}
	var pretty bytes.Buffer
	if err := json.Indent(&pretty, description, "", "  "); err != nil {
		return err
	}
	pretty.WriteByte('\n')
	_, err = pretty.WriteTo(out)
	return err
}
