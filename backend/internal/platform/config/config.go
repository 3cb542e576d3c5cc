// Package config reads the settings of a deployment from the environment: one struct, defaults, and errors that name
// the variable. Nothing else in the program reads settings from the environment. docs/operations.md lists them, and a
// test compares that list with this package.
package config

import (
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/netip"
	"net/url"
	"path/filepath"
	"strings"
	"time"
)

// Config are the settings.
type Config struct {
	Production bool // no embedded parts, no generated secrets, no demo workspace, logs as JSON

	Addr      string   // to listen on
	AddrGiven bool     // whether Addr was set, or is the default that may give way to the next free port
	PublicURL *url.URL // where browsers reach us; nil means http://localhost with the port that is listened on
	Data      string   // data folder of the embedded parts, generated secrets and caches; absolute
	Drain     time.Duration

	DatabaseURL    string // "" means an embedded server
	PostgresBin    string // folder with the programs of the embedded server; "" means that one is looked for
	MaxConns       int32  // of the database pool
	MeiliURLs      []string
	MeiliKey       string
	MeiliBin       string // program of the embedded Meilisearch; "" means that one is looked for
	NoMeili        bool   // search with PostgreSQL alone
	S3             S3
	S3Addr         string // that the embedded S3 server listens on
	EmbeddedDir    string // folder in which `npm ci` has put server programs; "" means that it is looked for
	Secret         string // at least 32 characters; keys everything that is derived; "" means one is generated and kept in Data
	MetricsAddr    string // of /metrics and pprof; "off" means none
	LogLevel       string
	UserRate       float64 // requests per second of one user; 0 means the server's default
	AddressRate    float64
	TrustedProxies []netip.Prefix
	CompanyRanges  []netip.Prefix
	Brand          Brand         // of the pages of shares
	CountryHeader  string        // in which a trusted proxy names the visitor's country; "" keeps no country
	LiveHistory    time.Duration // how long a device may be away and still merge what was typed on it; 0 means the program's default
	SMTP           SMTP
}

// SMTP says through which server mail is sent, and in whose name; without a Host none is.
type SMTP struct {
	Host     string
	Port     int
	User     string
	Password string
	From     mail.Address
	Security string // starttls, tls or none
}

// S3 says where files are kept; an empty Endpoint means the embedded server.
type S3 struct {
	Endpoint, PublicEndpoint, Region, AccessKey, SecretKey, Bucket string
}

// Embedded says whether any part is to be started by the program itself.
func (c Config) Embedded() bool {
	return c.DatabaseURL == "" || c.S3.Endpoint == "" || (len(c.MeiliURLs) == 0 && !c.NoMeili)
}

// Load reads the settings by a function such as os.Getenv. The error names every variable that is wrong.
func Load(getenv func(string) string) (Config, error) {
	r := reader{getenv: getenv}
	c := Config{
		Production:     r.choice("BYLINE_ENV", "development", "production") == "production",
		Addr:           r.text("BYLINE_ADDR", "127.0.0.1:8080"),
		AddrGiven:      getenv("BYLINE_ADDR") != "",
		PublicURL:      r.origin("BYLINE_PUBLIC_URL"),
		Data:           r.text("BYLINE_DATA", "data"),
		Drain:          r.duration("BYLINE_DRAIN", 0),
		DatabaseURL:    r.text("BYLINE_DATABASE_URL", ""),
		PostgresBin:    r.text("BYLINE_POSTGRES_BIN", ""),
		MaxConns:       int32(r.number("BYLINE_DATABASE_CONNECTIONS", 20, 4, 1000)),
		MeiliURLs:      r.urls("BYLINE_MEILI_URLS"),
		MeiliKey:       r.text("BYLINE_MEILI_KEY", ""),
		MeiliBin:       r.text("BYLINE_MEILI_BIN", ""),
		S3Addr:         r.text("BYLINE_S3_ADDR", "127.0.0.1:0"),
		EmbeddedDir:    r.text("BYLINE_EMBEDDED_DIR", ""),
		Secret:         r.text("BYLINE_SECRET", ""),
		MetricsAddr:    r.text("BYLINE_METRICS_ADDR", ""),
		LogLevel:       r.choice("BYLINE_LOG_LEVEL", "info", "debug", "warn", "error"),
		UserRate:       r.number("BYLINE_USER_RATE", 0, 1, 1e6),
		AddressRate:    r.number("BYLINE_ADDRESS_RATE", 0, 1, 1e6),
		TrustedProxies: r.prefixes("BYLINE_TRUSTED_PROXIES"),
		CompanyRanges:  r.prefixes("BYLINE_COMPANY_RANGES"),
		CountryHeader:  r.text("BYLINE_COUNTRY_HEADER", ""),
		LiveHistory:    r.duration("BYLINE_LIVE_HISTORY", 0),
		S3: S3{
			Endpoint:       r.address("BYLINE_S3_ENDPOINT"),
			PublicEndpoint: r.address("BYLINE_S3_PUBLIC_ENDPOINT"),
			Region:         r.text("BYLINE_S3_REGION", "us-east-1"),
			AccessKey:      r.text("BYLINE_S3_ACCESS_KEY", ""),
			SecretKey:      r.text("BYLINE_S3_SECRET_KEY", ""),
			Bucket:         r.text("BYLINE_S3_BUCKET", "byline"),
		},
	}
	c.SMTP = r.smtp()
	c.Brand = r.brand()
	if len(c.MeiliURLs) == 1 && c.MeiliURLs[0] == "off" {
		c.MeiliURLs, c.NoMeili = nil, true
	}
	if c.MetricsAddr == "" {
		c.MetricsAddr = "127.0.0.1:0"
		if c.Production {
			c.MetricsAddr = "127.0.0.1:9090"
		}
	}
	r.check(c)
	abs, err := filepath.Abs(c.Data)
	if err != nil {
		r.bad("BYLINE_DATA", "%v", err)
	}
	c.Data = abs
	return c, errors.Join(r.errors...)
}

// check judges settings together.
func (r *reader) check(c Config) {
	for name, addr := range map[string]string{"BYLINE_ADDR": c.Addr, "BYLINE_METRICS_ADDR": c.MetricsAddr, "BYLINE_S3_ADDR": c.S3Addr} {
		if _, _, err := net.SplitHostPort(addr); err != nil && (name != "BYLINE_METRICS_ADDR" || addr != "off") {
			r.bad(name, "want host:port, such as 127.0.0.1:8080 or :8080, but got %q", addr)
		}
	}
	if c.Secret != "" && len(c.Secret) < 32 {
		r.bad("BYLINE_SECRET", "want at least 32 characters, e.g. of `openssl rand -hex 32`")
	}
	if c.S3.Endpoint != "" && (c.S3.AccessKey == "" || c.S3.SecretKey == "") {
		r.bad("BYLINE_S3_ACCESS_KEY", "needed with BYLINE_S3_ENDPOINT, and BYLINE_S3_SECRET_KEY too")
	}
	if !c.Production {
		return
	}
	for name, missing := range map[string]bool{
		"BYLINE_PUBLIC_URL": c.PublicURL == nil, "BYLINE_DATABASE_URL": c.DatabaseURL == "",
		"BYLINE_S3_ENDPOINT": c.S3.Endpoint == "", "BYLINE_SECRET": c.Secret == "",
	} {
		if missing && !r.named(name) {
			r.bad(name, "needed in production")
		}
	}
	if len(c.MeiliURLs) == 0 && !c.NoMeili && !r.named("BYLINE_MEILI_URLS") {
		r.bad("BYLINE_MEILI_URLS", `needed in production; "off" searches with PostgreSQL alone`)
	}
	if len(c.MeiliURLs) > 0 && c.MeiliKey == "" {
		r.bad("BYLINE_MEILI_KEY", "needed in production")
	}
}

// smtp reads the settings of mail.
func (r *reader) smtp() SMTP {
	m := SMTP{Host: r.text("BYLINE_SMTP_HOST", ""), User: r.text("BYLINE_SMTP_USER", ""), Password: r.text("BYLINE_SMTP_PASSWORD", ""),
		Security: r.choice("BYLINE_SMTP_SECURITY", "starttls", "tls", "none")}
	port := 587.0
	if m.Security == "tls" {
		port = 465
	}
	m.Port = int(r.number("BYLINE_SMTP_PORT", port, 1, 65535))
	from := r.text("BYLINE_SMTP_FROM", "")
	if from == "" {
		if m.Host != "" {
			r.bad("BYLINE_SMTP_FROM", "needed with BYLINE_SMTP_HOST: the address in whose name mail is sent")
		}
		return m
	}
	a, err := mail.ParseAddress(from)
	if err != nil {
		r.bad("BYLINE_SMTP_FROM", "want an address such as Byline <byline@example.com>, but got %q", from)
		return m
	}
	m.From = *a
	return m
}

// SettingError is one setting at fault.
type SettingError struct{ Name, Problem string }

// Error implements error.
func (e SettingError) Error() string { return fmt.Sprintf("%s: %s", e.Name, e.Problem) }

// hostOf is for prefixes written as one address.
func hostOf(s string) (netip.Prefix, error) {
	if strings.Contains(s, "/") {
		p, err := netip.ParsePrefix(s)
		return p.Masked(), err
	}
	a, err := netip.ParseAddr(s)
	if err != nil {
		return netip.Prefix{}, err
	}
	return netip.PrefixFrom(a, a.BitLen()), nil
}
