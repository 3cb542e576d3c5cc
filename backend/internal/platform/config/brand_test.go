package config_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"byline/backend/internal/platform/config"
)

func TestTheBrandIsOneThatCanBeRead(t *testing.T) {
	t.Parallel()
	logo := filepath.Join(t.TempDir(), "logo.svg")
	require.NoError(t, os.WriteFile(logo, []byte("<svg/>"), 0o600))
	load := func(env map[string]string) (config.Config, error) {
		return config.Load(func(name string) string { return env[name] })
	}
	c, err := load(map[string]string{"BYLINE_BRAND_NAME": "Kelvora", "BYLINE_BRAND_COLOR": "#0B5D66", "BYLINE_BRAND_LOGO": logo})
	require.NoError(t, err)
	require.Equal(t, config.Brand{Name: "Kelvora", Color: "#0b5d66", Logo: []byte("<svg/>"), LogoType: "image/svg+xml"}, c.Brand)
	for name, env := range map[string]map[string]string{
		"BYLINE_BRAND_COLOR": {"BYLINE_BRAND_COLOR": "#ffee00"}, // white on yellow
		"BYLINE_BRAND_LOGO":  {"BYLINE_BRAND_NAME": "K", "BYLINE_BRAND_LOGO": logo + ".exe"},
		"BYLINE_BRAND_NAME":  {"BYLINE_BRAND_LOGO": logo},
	} {
		_, err := load(env)
		require.ErrorContains(t, err, name)
	}
	for _, color := range []string{"teal", "#0b5d6", "#0b5d66;}body{display:none"} {
		_, err := load(map[string]string{"BYLINE_BRAND_COLOR": color})
		require.ErrorContains(t, err, "BYLINE_BRAND_COLOR")
	}
}
