package io.videottt.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReportPageTest {

  private static final String HTML = SamplePage.page().html();

  @Test
  void theSameResultsGiveTheSamePage() {
    assertThat(SamplePage.page().html()).isEqualTo(HTML);
  }

  @Test
  void namesInResultsNeverBecomeMarkup() {
    assertThat(HTML)
        .doesNotContain("<script>document", "<img src=x", "onerror=\"")
        .contains("&lt;script&gt;document.title=&#39;taken&#39;&lt;/script&gt;");
    assertThat(HTML.split("<script", -1)).hasSize(2);
  }

  @Test
  void nothingIsLoadedFromElsewhere() {
    assertThat(
            Pattern.compile("(?:src|href)=\"([^\"]*)\"")
                .matcher(HTML)
                .results()
                .map(link -> link.group(1)))
        .isNotEmpty()
        .allMatch(link -> link.startsWith("data:") || link.startsWith("#"));
    assertThat(HTML).contains("default-src 'none'").doesNotContain("@import", "url(http");
  }

  @Test
  void everythingIsOnThePage() {
    assertThat(HTML)
        .contains(
            "results of 2026-01-02T03:04:05Z",
            "id=\"sortable\"",
            "<b>10.25</b>",
            "id=\"details-table\"",
            "Where methods differ most.",
            "mIoU 40.0 % fixed, 50.5 % adapted (+10.5), model tiny",
            "id=\"environment\"",
            "controls (ours, not the paper&#39;s)");
    assertThat(HTML.split("<svg", -1)).hasSize(SampleFigures.all().size() + 1);
    assertThat(HTML.split("<img", -1)).hasSize(5);
  }

  @Test
  void aPageWithoutFiguresSaysWhy() {
    ReportPage page = SamplePage.page();
    String html =
        new ReportPage(
                page.data(),
                page.date(),
                page.summary(),
                page.details(),
                List.of(),
                "this system has no fonts <none>\ninstall one",
                page.framesNote(),
                page.frames(),
                page.runs())
            .html();

    assertThat(html)
        .contains(
            "<h2>Figures</h2>\n<p>this system has no fonts &lt;none&gt;\ninstall one</p>",
            "id=\"sortable\"",
            "id=\"details-table\"",
            "Where methods differ most.",
            "id=\"environment\"")
        .doesNotContain("<svg", "href=\"#figures\"");
    assertThat(HTML).contains("href=\"#figures\"").doesNotContain("no fonts");
  }

  @Test
  void controlCharactersAreReplaced() {
    assertThat(HtmlText.escape("a\u0000b\u001b\n<'\"&"))
        .isEqualTo("a\ufffdb\ufffd\n&lt;&#39;&quot;&amp;");
  }
}
