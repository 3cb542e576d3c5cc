package search_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"byline/backend/internal/domaintest"
	"byline/backend/internal/library"
	"byline/backend/internal/search"
)

// texts are resources in several languages, each with one that is about something near.
var texts = []library.Imported{
	{Lang: "en", Title: "Watching the cold chain from dock to shelf", BodyText: "Our loggers report the temperature of every pallet. Retailers see at once which deliveries were too warm, and refuse them with proof."},
	{Lang: "en", Title: "Renewing contracts a quarter early", BodyText: "Customers who were asked ninety days before the end renewed twice as often. Write down who decides and when their budget is made."},
	{Lang: "de", Title: "Kühlkettenüberwachung für Arzneimittel", BodyText: "Die Datenlogger melden jede Abweichung der Temperatur, bevor die Ware das Lager verlässt. Für die Prüfung durch die Behörden werden alle Messwerte zehn Jahre aufbewahrt."},
	{Lang: "de", Title: "Häuser und Verträge", BodyText: "Wer die Verträge der Mieter verlängern möchte, muss früh mit ihnen sprechen. Die meisten Häuser unserer Kunden stehen in kleinen Städten und nicht an großen Straßen."},
	{Lang: "fr", Title: "Qualité des livraisons réfrigérées", BodyText: "Les entrepôts sont équipés de capteurs qui préviennent le responsable dès que la température des denrées s'élève. Les chevaux de trait, eux, ne sont plus utilisés."},
	{Lang: "fr", Title: "Renouveler un contrat sans remise", BodyText: "Nos clientes les plus fidèles ont été convaincues par des preuves chiffrées et par une démonstration dans leurs propres ateliers."},
	{Lang: "es", Title: "Implementación en almacenes frigoríficos", BodyText: "Los sensores avisan al encargado cuando la mercancía se calienta durante el transporte. Las auditorías se preparan con los informes de cada envío."},
	{Lang: "es", Title: "Renovación de contratos con descuento", BodyText: "Los compradores que recibieron una demostración decidieron antes. La niña del cartel es la hija de un cliente nuestro."},
	{Lang: "pt", Title: "Medição de temperatura em caminhões", BodyText: "Os motoristas recebem um aviso quando a carga aquece nas estradas do interior. As inspeções são feitas com os relatórios de cada entrega."},
	{Lang: "pt", Title: "Negociações difíceis com grandes redes", BodyText: "Não ofereça descontos antes de saber quem decide. As soluções propostas pelos nossos parceiros foram aprovadas pelas lojas."},
	{Lang: "ja", Title: "低温物流の温度管理ガイド", BodyText: "倉庫からトラックまで、センサーが温度を記録します。異常があれば担当者のスマートフォンに通知が届きます。"},
	{Lang: "ja", Title: "契約更新を早める提案書の書き方", BodyText: "お客様の予算が決まる前に、導入効果をデータで示すことが大切です。サーバーの費用も忘れずに説明しましょう。"},
	{Lang: "en", Title: "A guide whose language nobody set right", BodyText: "Der Außendienst braucht vor jedem Gespräch eine Übersicht über die offenen Angebote. Sie wird aus den Notizen der letzten Wochen zusammengestellt und ist auf dem Telefon zu lesen."},
}

// inLanguages are queries with the title that they find first: other forms of words than those of the text, with accents or
// without, parts of joined words and joined words for parts.
var inLanguages = []struct{ lang, query, want string }{
	{"en", "renewal of a contract", "Renewing contracts a quarter early"},
	{"en", "delivery refused by retailer", "Watching the cold chain from dock to shelf"},
	{"de", "Vertrag verlängern", "Häuser und Verträge"},
	{"de", "Haus", "Häuser und Verträge"},
	{"de", "Hauser in der Stadt", "Häuser und Verträge"},
	{"de", "Strasse", "Häuser und Verträge"},
	{"de", "Überwachung", "Kühlkettenüberwachung für Arzneimittel"},
	{"de", "ueberwachte Kühlkette oder Überwachungen", "Kühlkettenüberwachung für Arzneimittel"},
	{"de", "wie lange werden die gemessenen Werte für Behörden aufbewahrt", "Kühlkettenüberwachung für Arzneimittel"},
	{"de", "Warenlager", "Kühlkettenüberwachung für Arzneimittel"},
	{"de", "Übersichten für Aussendienst", "A guide whose language nobody set right"},
	{"fr", "qualites", "Qualité des livraisons réfrigérées"},
	{"fr", "livraison réfrigérée", "Qualité des livraisons réfrigérées"},
	{"fr", "équipement d'un entrepôt", "Qualité des livraisons réfrigérées"},
	{"fr", "comment convaincre une cliente fidèle", "Renouveler un contrat sans remise"},
	{"fr", "démonstrations dans l'atelier", "Renouveler un contrat sans remise"},
	{"es", "implementaciones", "Implementación en almacenes frigoríficos"},
	{"es", "implementacion almacen", "Implementación en almacenes frigoríficos"},
	{"es", "auditoría del envío", "Implementación en almacenes frigoríficos"},
	{"es", "cómo decide un comprador con demostraciones", "Renovación de contratos con descuento"},
	{"pt", "medições", "Medição de temperatura em caminhões"},
	{"pt", "motorista de caminhão", "Medição de temperatura em caminhões"},
	{"pt", "inspecao e relatorio", "Medição de temperatura em caminhões"},
	{"pt", "solução aprovada pelo parceiro", "Negociações difíceis com grandes redes"},
	{"ja", "温度管理", "低温物流の温度管理ガイド"},
	{"ja", "倉庫の温度を記録するセンサー", "低温物流の温度管理ガイド"},
	{"ja", "更新", "契約更新を早める提案書の書き方"},
	{"ja", "サーバー", "契約更新を早める提案書の書き方"},
	{"ja", "提案書を書く", "契約更新を早める提案書の書き方"},
	{"ja", "担当者に通知", "低温物流の温度管理ガイド"},
}

func testLanguages(t *testing.T, w *domaintest.World, index func()) {
	for _, in := range texts {
		guide(t, w, in)
	}
	for i := range 12 {
		guide(t, w, library.Imported{Title: fmt.Sprintf("Minutes of week %d", i), BodyText: "Nothing was decided in the meeting, and nobody wrote anything down."})
	}
	index()
	for _, c := range inLanguages {
		titles, _ := find(t, w.As(w.Rep), w.Search, search.Query{Text: c.query})
		if len(titles) == 0 || titles[0] != c.want {
			t.Errorf("%s: %q finds %q", c.lang, c.query, titles[:min(3, len(titles))])
		}
	}
	for lang, title := range map[string]string{"de": "Häuser und Verträge", "fr": "Renouveler un contrat sans remise"} {
		_, a := find(t, w.As(w.Rep), w.Search, search.Query{Text: map[string]string{"de": "Haus der Mieterin", "fr": "renouvelons les contrats"}[lang]})
		require.Equal(t, title, a.Hits[0].Title)
		require.Contains(t, a.Hits[0].TitleMarked, search.MarkStart, "the word is shown in its other form: %q", a.Hits[0].TitleMarked)
	}
}

func TestPostgresFindsInEveryLanguage(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	testLanguages(t, w, func() { w.Index(1) })
}

func TestMeilisearchFindsInEveryLanguage(t *testing.T) {
	t.Parallel()
	node := startNode(t)
	w, prefix := withPrefix(t, node)
	testLanguages(t, w, func() { catchUp(t, w) })
	// and alone, by the rules that the program asks for
	for _, c := range []struct{ locale, query, want string }{
		{"deu", "Überwachung", "Kühlkettenüberwachung für Arzneimittel"}, {"deu", "Logger", "Kühlkettenüberwachung für Arzneimittel"},
		{"eng", "livraisons refrigerees", "Qualité des livraisons réfrigérées"}, {"eng", "implementacion", "Implementación en almacenes frigoríficos"},
		{"eng", "caminhoes", "Medição de temperatura em caminhões"}, {"eng", "温度管理", "低温物流の温度管理ガイド"}, {"eng", "提案書", "契約更新を早める提案書の書き方"},
		{"eng", "センサー", "低温物流の温度管理ガイド"}, {"eng", "契約更新", "契約更新を早める提案書の書き方"},
	} {
		body, err := json.Marshal(map[string]any{"q": search.ForNodes(c.query), "limit": 1, "filter": "part = full", "locales": []string{c.locale}})
		require.NoError(t, err)
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, node+"/indexes/"+prefix+"_things/search", bytes.NewReader(body))
		require.NoError(t, err)
		r.Header.Set("Authorization", "Bearer "+meiliKey)
		r.Header.Set("Content-Type", "application/json")
		res, err := http.DefaultClient.Do(r)
		require.NoError(t, err)
		var found struct{ Hits []struct{ ID string } }
		require.NoError(t, json.NewDecoder(res.Body).Decode(&found))
		require.NoError(t, res.Body.Close())
		if len(found.Hits) == 0 {
			t.Errorf("Meilisearch finds nothing for %q", c.query)
			continue
		}
		if w.Int(`SELECT count(*) FROM resources WHERE id = $1 AND title = $2`, found.Hits[0].ID, c.want) != 1 {
			t.Errorf("Meilisearch does not find %q for %q", c.want, c.query)
		}
	}
}
