package library

import (
	"slices"
	"strings"
	"unicode"
)

// hint says that a tag speaks of something. Tags are compared in lower case with their words joined by one space.
type hint struct {
	value string
	tags  []string
}

// The tables are about words of trade in general, not about one source. A tag fits when it is one of the words or begins
// or ends with it as whole words: "sales ops" speaks of sales.
var (
	personaHints = []hint{
		{"Developer", []string{"developer", "dev", "engineering", "software engineering", "software development", "programming", "go", "ocaml", "sdk"}},
		{"IT operations", []string{"operations", "devops", "sre", "kubernetes", "docker", "docker or kubernetes", "linux", "networking", "observability", "infrastructure", "platforms"}},
		{"Security", []string{"security", "privacy", "compliance", "zero trust", "identity", "threat detection"}},
		{"Marketing", []string{"marketing", "social media", "content strategy", "content design", "campaigns", "brand", "emails", "demand gen", "search engine optimization", "communication", "comms"}},
		{"Sales", []string{"sales", "crm", "account management", "deal desk", "customer experience", "customer success"}},
		{"Procurement", []string{"procurement", "acquisition", "acquisition services", "purchasing", "contracting", "rfp", "vendor management"}},
		{"Design", []string{"design", "user experience", "ux", "usability", "user centered design", "human centered design", "hcd", "accessibility", "research", "user research"}},
		{"Executive", []string{"strategy", "senior executives", "leadership", "governance", "strategy goals", "cio", "ceo"}},
		{"Human resources", []string{"human resources", "hiring", "talent", "career development", "career growth", "onboarding", "recruiting"}},
		{"Data", []string{"data", "analytics", "data analytics", "open data", "machine learning", "artificial intelligence", "ai", "llm", "big data"}},
		{"Product", []string{"product", "product management", "project management", "product and project management"}},
		{"Legal", []string{"legal", "law", "licence", "license", "antitrust", "gdpr"}},
		{"Customer support", []string{"support", "contact centers", "help desk", "customer service"}},
	}
	stageHints = []hint{
		{"awareness", []string{"announcement", "event", "events", "conference", "news", "infographic", "survey", "speaker series", "roundup", "podcast"}},
		{"consideration", []string{"architecture", "reference architectures", "features", "comparison", "benchmark", "integration", "performance", "demo", "webinar", "one pager"}},
		{"decision", []string{"case study", "case studies", "success story", "customer story", "usercase", "rfp", "用户案例", "解决方案", "procurement", "security questionnaire"}},
		{"onboarding", []string{"onboarding", "training", "implementation guide", "how to", "tutorials", "getting started", "workshop", "documentation", "template"}},
	}
	industryHints = []hint{
		{"Public sector", []string{"government", "public policy", "public benefits", "open government", "general services administration", "18f", "agency work", "digital government", "federalist", "cloud.gov", "login.gov", "gov.uk", "department of justice", "forest service", "state and local practice", "digital service delivery"}},
		{"Finance", []string{"banking", "finance", "financial", "financial services", "fintech", "insurance", "finos", "payments"}},
		{"Healthcare", []string{"healthcare", "health", "pharma", "medical", "hospital"}},
		{"Telecom", []string{"telecom", "telecommunications", "5g"}},
		{"Retail", []string{"retail", "e commerce", "ecommerce", "grocery", "consumer goods"}},
		{"Education", []string{"education", "university", "school", "students"}},
		{"Manufacturing", []string{"manufacturing", "automotive", "semiconductor", "industrial", "embedded"}},
		{"Media", []string{"media", "games", "gaming", "entertainment", "streaming", "film"}},
		{"Travel", []string{"travel", "hospitality", "airline", "transport", "logistics"}},
		{"Energy", []string{"energy", "utilities", "oil and gas"}},
		{"Technology", []string{"cloud", "cloud native", "software", "saas", "information technology", "open source"}},
	}
	regionHints = []hint{
		{"North America", []string{"united states", "usa", "us", "canada", "alaska", "18f", "general services administration", "north america", "federal"}},
		{"Europe", []string{"europe", "eu", "uk", "gov.uk", "germany", "france", "spain", "italy", "gdpr", "fosdem"}},
		{"Asia Pacific", []string{"china", "japan", "korea", "india", "asia", "apac", "singapore", "australia"}},
		{"Latin America", []string{"latin america", "brazil", "mexico"}},
	}
	productNames = []hint{
		{"Dynamics 365", []string{"dynamics 365"}}, {"Mautic", []string{"mautic"}}, {"Jenkins", []string{"jenkins"}}, {"OpenTelemetry", []string{"opentelemetry"}},
		{"Linkerd", []string{"linkerd"}}, {"Cilium", []string{"cilium", "hubble", "tetragon"}}, {"Kubernetes", []string{"kubernetes", "docker or kubernetes", "gke"}},
		{"Knative", []string{"knative"}}, {"Dapr", []string{"dapr"}}, {"Falco", []string{"falco", "falcosidekick"}}, {"Vitess", []string{"vitess"}},
		{"Volcano", []string{"volcano"}}, {"Karmada", []string{"karmada"}}, {"KEDA", []string{"keda"}}, {"KubeEdge", []string{"kubeedge"}}, {"Flux", []string{"flux", "fluxcd"}},
		{"Docker", []string{"docker", "docker or kubernetes"}}, {"MySQL", []string{"mysql"}}, {"Drupal", []string{"drupal"}},
	}
	// typeStages are where a kind of content usually stands when no tag says more.
	typeStages = map[string]string{"blog_post": "awareness", "event": "awareness", "social_post": "awareness", "case_study": "decision", "guide": "consideration",
		"playbook": "onboarding", "release": "onboarding", "one_pager": "consideration", "battlecard": "decision", "deck": "consideration"}
)

// guess finds a taxonomy in what a source says of an item. People correct it afterwards, and an import that runs again
// leaves their corrections alone.
func guess(contentType string, tags []string, title string) Taxonomy {
	plain := make([]string, len(tags))
	for i, t := range tags {
		plain[i] = plainTag(t)
	}
	t := Taxonomy{Tags: tags, Personas: matching(personaHints, plain), Stages: matching(stageHints, plain), Industries: matching(industryHints, plain),
		Regions: matching(regionHints, plain), Products: matching(productNames, plain)}
	if len(t.Products) == 0 { // a product's name in a title is no accident
		t.Products = matching(productNames, strings.Fields(plainTag(title)))
	}
	if len(t.Stages) == 0 {
		if stage, ok := typeStages[contentType]; ok {
			t.Stages = []string{stage}
		}
	}
	return t
}

func plainTag(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("-_/&,:()", r)
	}), " ")
}

func matching(hints []hint, tags []string) []string {
	found := []string{}
	for _, h := range hints {
		if slices.ContainsFunc(tags, func(tag string) bool {
			return slices.ContainsFunc(h.tags, func(w string) bool {
				return tag == w || strings.HasPrefix(tag, w+" ") || strings.HasSuffix(tag, " "+w)
			})
		}) {
			found = append(found, h.value)
		}
	}
	return found
}
