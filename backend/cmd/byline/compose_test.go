package main

import (
	"bufio"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/loader"
	"github.com/compose-spec/compose-go/v2/types"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/platform/config"
)

const top = "../../.."

// filled is deploy/env.example with every line filled in.
func filled(t *testing.T) types.Mapping {
	t.Helper()
	f, err := os.Open(top + "/deploy/env.example")
	require.NoError(t, err)
	defer func() { _ = f.Close() }()
	values := map[string]string{"BYLINE_DOMAIN": "byline.example.com", "BYLINE_FILES_DOMAIN": "files.byline.example.com", "BYLINE_COMPANY_RANGES": "203.0.113.0/24",
		"BYLINE_SMTP_HOST": "smtp.example.com", "BYLINE_SMTP_FROM": "Byline <byline@example.com>"}
	env := types.Mapping{}
	for lines := bufio.NewScanner(f); lines.Scan(); {
		name, value, ok := strings.Cut(lines.Text(), "=")
		if !ok || strings.HasPrefix(name, "#") {
			continue
		}
		require.Empty(t, value, "%s: no default secrets", name)
		if env[name] = values[name]; env[name] == "" {
			env[name] = strings.Repeat("s3cret", 8)
		}
	}
	return env
}

func compose(t *testing.T, env types.Mapping) (*types.Project, error) {
	t.Helper()
	return loader.LoadWithContext(t.Context(), types.ConfigDetails{WorkingDir: top, ConfigFiles: []types.ConfigFile{{Filename: top + "/docker-compose.yml"}}, Environment: env},
		func(o *loader.Options) { o.SetProjectName("byline", true) })
}

// The loader is Compose's own: it checks the file against the schema of the Compose specification.
func TestTheComposeFileIsSafeAndComplete(t *testing.T) {
	t.Parallel()
	p, err := compose(t, filled(t))
	require.NoError(t, err)
	for _, name := range []string{"proxy", "web", "api", "worker", "migrate", "postgres", "meilisearch", "s3"} {
		require.Contains(t, p.Services, name)
	}
	pinned := regexp.MustCompile(`:v?\d+(\.\d+)*$`)
	for name, s := range p.Services {
		require.False(t, s.Privileged, name)
		require.Contains(t, s.SecurityOpt, "no-new-privileges:true", name)
		if s.Build == nil {
			require.Regexp(t, pinned, s.Image, "%s: an official image of one version", name)
		} else {
			require.True(t, s.ReadOnly, "%s: our own images run on a read-only root", name)
			require.Equal(t, []string{"ALL"}, s.CapDrop, name)
		}
		if name != "migrate" { // it ends by itself
			require.NotNil(t, s.HealthCheck, name)
			require.NotEmpty(t, s.HealthCheck.Test, name)
			require.Equal(t, "unless-stopped", s.Restart, name)
		}
		require.Equal(t, name == "proxy", len(s.Ports) > 0, "only the proxy is reached from outside: %s", name)
		for _, v := range s.Volumes {
			require.True(t, v.Type == types.VolumeTypeVolume || v.ReadOnly, "%s writes into the checkout: %s", name, v.Source)
		}
	}
	meili := p.Services["meilisearch"]
	require.NotNil(t, meili.Environment["MEILI_MAX_INDEXING_MEMORY"])
	require.Positive(t, meili.MemLimit)
	require.True(t, p.Networks["back"].Internal)
}

// The worker is the program of api.Dockerfile, built by the same commands.
func TestTheWorkersImageHasTheSameProgramAndLibreOffice(t *testing.T) {
	t.Parallel()
	build := func(name string) string {
		text, err := os.ReadFile(top + "/deploy/" + name + ".Dockerfile")
		require.NoError(t, err)
		_, stages, _ := strings.Cut(string(text), "\nFROM ")
		first, last, ok := strings.Cut(stages, "\nFROM ")
		require.True(t, ok)
		if name == "worker" {
			require.Contains(t, last, "libreoffice-impress-nogui")
		}
		return strings.TrimSpace(first)
	}
	require.Equal(t, build("api"), build("worker"))
	p, err := compose(t, filled(t))
	require.NoError(t, err)
	require.Equal(t, "deploy/worker.Dockerfile", p.Services["worker"].Build.Dockerfile)
}

func TestTheComposeFileHasNoDefaultSecrets(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"BYLINE_DOMAIN", "BYLINE_FILES_DOMAIN", "BYLINE_SECRET", "POSTGRES_PASSWORD", "MEILI_MASTER_KEY", "S3_ACCESS_KEY", "S3_SECRET_KEY"} {
		env := filled(t)
		delete(env, name)
		_, err := compose(t, env)
		require.ErrorContains(t, err, name)
	}
}

// What Compose hands to our programs is what they accept in production.
func TestTheProgramsAcceptTheSettingsOfCompose(t *testing.T) {
	t.Parallel()
	p, err := compose(t, filled(t))
	require.NoError(t, err)
	for _, name := range []string{"api", "worker", "migrate"} {
		s := p.Services[name]
		cfg, err := config.Load(func(key string) string {
			if v := s.Environment[key]; v != nil {
				return *v
			}
			return ""
		})
		require.NoError(t, err, name)
		require.True(t, cfg.Production, name)
		require.False(t, cfg.Embedded(), name)
		require.Equal(t, "https://byline.example.com", cfg.PublicURL.String())
		if len(s.Command) > 0 {
			require.Contains(t, commands, s.Command[0], name)
		}
	}
}

func TestImagesAreBuiltInStagesAndRunAsNobody(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"api", "worker", "web"} {
		text, err := os.ReadFile(top + "/deploy/" + name + ".Dockerfile")
		require.NoError(t, err)
		require.GreaterOrEqual(t, strings.Count("\n"+string(text), "\nFROM "), 2, name)
		stages := strings.Split(string(text), "\nFROM ")
		require.Regexp(t, `(?m)^USER [1-9]\d+:[1-9]\d+$`, stages[len(stages)-1], name)
		require.NotRegexp(t, `(?im)^(ARG|ENV) .*(SECRET|PASSWORD|KEY)`, string(text), name)
	}
}
