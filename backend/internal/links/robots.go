package links

import "strings"

// robots are the names of services by what their robots call themselves, the more exact ones first.
var robots = []struct{ agent, name string }{
	{"linkedinbot", "LinkedIn"}, {"twitterbot", "X"}, {"facebookexternalhit", "Facebook"}, {"facebookcatalog", "Facebook"}, {"meta-externalagent", "Facebook"},
	{"slackbot", "Slack"}, {"slack-imgproxy", "Slack"}, {"discordbot", "Discord"}, {"telegrambot", "Telegram"}, {"whatsapp", "WhatsApp"}, {"teamsbot", "Microsoft Teams"},
	{"skypeuripreview", "Microsoft Teams"}, {"microsoftpreview", "Microsoft"}, {"pinterestbot", "Pinterest"}, {"redditbot", "Reddit"}, {"cardyb", "Bluesky"}, {"bluesky", "Bluesky"},
	{"mastodon", "Mastodon"}, {"applebot", "Apple"}, {"google-pagerenderer", "Google"}, {"googlebot", "Google"}, {"bingbot", "Bing"}, {"bingpreview", "Bing"},
	{"proofpoint", "Proofpoint"}, {"urldefense", "Proofpoint"}, {"mimecast", "Mimecast"}, {"barracuda", "Barracuda"}, {"safelinks", "Microsoft"}, {"ms office", "Microsoft"},
	{"microsoft office", "Microsoft"}, {"outlook-", "Microsoft"}, {"messagelabs", "Symantec"}, {"symantec", "Symantec"}, {"trendmicro", "Trend Micro"}, {"fireeye", "Trellix"},
	{"paloalto", "Palo Alto Networks"}, {"zscaler", "Zscaler"}, {"sophos", "Sophos"}, {"ironport", "Cisco"}, {"cisco", "Cisco"}, {"forcepoint", "Forcepoint"},
	{"avanan", "Check Point"}, {"check point", "Check Point"}, {"bitdefender", "Bitdefender"}, {"virustotal", "VirusTotal"},
}

// RobotName names the service whose robot a User-Agent belongs to; "" when we do not know it.
func RobotName(agent string) string {
	agent = strings.ToLower(agent)
	for _, r := range robots {
		if strings.Contains(agent, r.agent) {
			return r.name
		}
	}
	return ""
}
