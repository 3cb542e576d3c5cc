package config_test

import (
	"os"
	"regexp"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"byline/backend/internal/platform/config"
)

func load(set map[string]string) (config.Config, error) {
	return config.Load(func(name string) string { return set[name] })
}

func TestNothingIsNeededForDevelopment(t *testing.T) {
	t.Parallel()
	c, err := load(nil)
	require.NoError(t, err)
	require.False(t, c.Production)
	require.True(t, c.Embedded())
	require.Equal(t, "127.0.0.1:8080", c.Addr)
	require.False(t, c.AddrGiven)
	require.Nil(t, c.PublicURL)
	require.Equal(t, "127.0.0.1:0", c.MetricsAddr)
}

func TestWhatIsSetIsTaken(t *testing.T) {
	t.Parallel()
	c, err := load(map[string]string{
		"BYLINE_ADDR": ":9000", "BYLINE_PUBLIC_URL": "https://byline.example.com/", "BYLINE_DATABASE_URL": "postgres://u:p@db/byline",
		"BYLINE_MEILI_URLS": "http://a:7700, http://b:7700/", "BYLINE_S3_ENDPOINT": "http://s3:7070", "BYLINE_S3_ACCESS_KEY": "key",
		"BYLINE_S3_SECRET_KEY": "secret", "BYLINE_TRUSTED_PROXIES": "10.1.2.3/8 ::1", "BYLINE_DRAIN": "5s", "BYLINE_DATABASE_CONNECTIONS": "50",
		"BYLINE_LIVE_HISTORY": "2160h",
	})
	require.NoError(t, err)
	require.Equal(t, "https://byline.example.com", c.PublicURL.String())
	require.Equal(t, []string{"http://a:7700", "http://b:7700"}, c.MeiliURLs)
	require.False(t, c.Embedded())
	require.True(t, c.AddrGiven)
	require.Equal(t, "10.0.0.0/8", c.TrustedProxies[0].String())
	require.Equal(t, "::1/128", c.TrustedProxies[1].String())
	require.Equal(t, 5*time.Second, c.Drain)
	require.EqualValues(t, 50, c.MaxConns)
	require.Equal(t, 90*24*time.Hour, c.LiveHistory)
}

func TestSearchMayDoWithoutMeilisearch(t *testing.T) {
	t.Parallel()
	c, err := load(map[string]string{"BYLINE_MEILI_URLS": "off"})
	require.NoError(t, err)
	require.True(t, c.NoMeili)
	require.Empty(t, c.MeiliURLs)
}

func TestErrorsNameEveryVariableAtFault(t *testing.T) {
	t.Parallel()
	for name, value := range map[string]string{
		"BYLINE_ENV": "prod", "BYLINE_ADDR": "8080", "BYLINE_PUBLIC_URL": "https://example.com/byline", "BYLINE_DRAIN": "5",
		"BYLINE_DATABASE_CONNECTIONS": "1", "BYLINE_MEILI_URLS": "meili:7700", "BYLINE_S3_ENDPOINT": "s3.example.com", "BYLINE_SECRET": "short",
		"BYLINE_METRICS_ADDR": "no", "BYLINE_LOG_LEVEL": "loud", "BYLINE_TRUSTED_PROXIES": "proxy", "BYLINE_COMPANY_RANGES": "10.0.0.0/40",
		"BYLINE_USER_RATE": "many", "BYLINE_LIVE_HISTORY": "30 days",
		"BYLINE_SMTP_PORT": "0", "BYLINE_SMTP_SECURITY": "ssl", "BYLINE_SMTP_FROM": "Byline",
	} {
		_, err := load(map[string]string{name: value})
		require.ErrorContains(t, err, name+": ", "%s=%s", name, value)
	}
	_, err := load(map[string]string{"BYLINE_ADDR": "8080", "BYLINE_SECRET": "short"})
	require.ErrorContains(t, err, "BYLINE_ADDR")
	require.ErrorContains(t, err, "BYLINE_SECRET")
}

func TestMailIsSentInSomebodysName(t *testing.T) {
	t.Parallel()
	_, err := load(map[string]string{"BYLINE_SMTP_HOST": "smtp.example.com"})
	require.ErrorContains(t, err, "BYLINE_SMTP_FROM: ")
	c, err := load(map[string]string{"BYLINE_SMTP_HOST": "smtp.example.com", "BYLINE_SMTP_FROM": "Byline <byline@example.com>"})
	require.NoError(t, err)
	require.Equal(t, 587, c.SMTP.Port)
	require.Equal(t, "byline@example.com", c.SMTP.From.Address)
	c, err = load(map[string]string{"BYLINE_SMTP_SECURITY": "tls"})
	require.NoError(t, err)
	require.Equal(t, 465, c.SMTP.Port)
}

func TestProductionHasNoDefaultSecrets(t *testing.T) {
	t.Parallel()
	_, err := load(map[string]string{"BYLINE_ENV": "production"})
	for _, name := range []string{"BYLINE_PUBLIC_URL", "BYLINE_DATABASE_URL", "BYLINE_S3_ENDPOINT", "BYLINE_SECRET", "BYLINE_MEILI_URLS"} {
		require.ErrorContains(t, err, name+": ")
	}
	c, err := load(map[string]string{
		"BYLINE_ENV": "production", "BYLINE_PUBLIC_URL": "https://byline.example.com", "BYLINE_DATABASE_URL": "postgres://db/byline",
		"BYLINE_S3_ENDPOINT": "https://s3.example.com", "BYLINE_S3_ACCESS_KEY": "key", "BYLINE_S3_SECRET_KEY": "secret",
		"BYLINE_SECRET": "0123456789abcdef0123456789abcdef", "BYLINE_MEILI_URLS": "http://meili:7700", "BYLINE_MEILI_KEY": "k",
	})
	require.NoError(t, err)
	require.Equal(t, "127.0.0.1:9090", c.MetricsAddr)
}

// The settings table of docs/operations.md is the one place where people look; it must be complete and name nothing
// that is not read.
func TestEverySettingIsDocumented(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../../../docs/operations.md")
	require.NoError(t, err)
	var listed []string
	for _, m := range regexp.MustCompile("(?m)^\\| `(BYLINE_[A-Z0-9_]+)`").FindAllSubmatch(page, -1) {
		listed = append(listed, string(m[1]))
	}
	require.ElementsMatch(t, config.Names(), listed)
}
