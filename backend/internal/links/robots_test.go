package links_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"byline/backend/internal/links"
)

func TestRobotsAreNamedAfterTheirService(t *testing.T) {
	t.Parallel()
	for agent, name := range map[string]string{
		"LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)": "LinkedIn",
		"Mozilla/5.0 (compatible; Bluesky Cardyb/1.1; +mailto:support@bsky.app)":                "Bluesky",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) Proofpoint URL Defense":                      "Proofpoint",
		"Microsoft Office/16.0 (Microsoft Outlook 16.0)":                                        "Microsoft",
		"python-requests/2.32.5": "",
		"":                       "",
	} {
		require.Equal(t, name, links.RobotName(agent), agent)
	}
}
