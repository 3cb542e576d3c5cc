package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// chromium finds the browser of the tests, or installs Debian's when we may.
func chromium(ctx context.Context, root string) (string, error) {
	if path := os.Getenv("BYLINE_CHROMIUM"); path != "" {
		return path, nil
	}
	if path := findChromium(); path != "" {
		return path, nil
	}
	if _, err := exec.LookPath("apt-get"); err != nil || os.Geteuid() != 0 {
		return "", errors.New("no Chromium found: install it (Debian: apt-get install chromium), or name it in BYLINE_CHROMIUM")
	}
	c := command(ctx, step{dir: root, command: []string{"sh", filepath.Join(root, "scripts", "chromium.sh")}})
	if out, err := c.CombinedOutput(); err != nil {
		return "", fmt.Errorf("install Chromium: %w: %s", err, out)
	}
	if path := findChromium(); path != "" {
		return path, nil
	}
	return "", errors.New("the installed Chromium cannot be found; name it in BYLINE_CHROMIUM")
}

func findChromium() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable",
		"/Applications/Chromium.app/Contents/MacOS/Chromium", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}
