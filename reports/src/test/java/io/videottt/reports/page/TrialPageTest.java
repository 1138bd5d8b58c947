package io.videottt.reports.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.reports.page.TrialPage.Fact;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of one film, and what a browser makes of it. */
class TrialPageTest {

  private static final String VIDEO = "colorization.mp4";

  @TempDir private Path folder;

  private static TrialPage page(String film) {
    return new TrialPage(
        film,
        "colorization",
        "Online test-time training gains by 0.31 dB: 24.10 dB after 23.79 dB of the fixed model.",
        VIDEO,
        "Side by side: the film, its true colours, the fixed model, online TTT-MAE.",
        List.of(new Fact("PSNR, fixed model", "23.79 dB"), new Fact("PSNR, online", "24.10 dB")),
        List.of("Higher is better.", "One film tells about this film."),
        List.of(
            new Fact("Model", "/a/very/long/path/without/any/blank/" + "x".repeat(120)),
            new Fact("Took", "3 min 20 s")));
  }

  @Test
  void whatAFilmIsCalledCommandsNothing() {
    String html = page("<script>alert(1)</script>\u202e.mp4").html();

    assertThat(html)
        .doesNotContain("<script", "\u202e")
        .contains("&lt;script", "alert(1)", "default-src 'none'");
  }

  @Test
  void aBrowserPlaysTheVideoAndNothingIsWiderThanAPhone() throws IOException {
    try (Browser browser = Browser.start(folder.resolve("profile"));
        InputStream video = TrialPageTest.class.getResourceAsStream("film.mp4")) {
      Files.copy(video, folder.resolve(VIDEO));
      URI page =
          Files.writeString(folder.resolve("index.html"), page("holiday.mp4").html()).toUri();
      browser.open(page);

      browser.until("document.querySelector('video').readyState >= 2");
      assertThat(browser.value("return document.querySelector('video').videoWidth")).isEqualTo(64L);
      assertThat(browser.console()).isEmpty();
      browser.asOnAPhone();
      browser.open(page);
      assertThat(browser.value("return document.documentElement.scrollWidth <= window.innerWidth"))
          .isEqualTo(true);
    }
  }
}
