package io.videottt.reports.player;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.videottt.reports.page.SamplePage;
import io.videottt.reports.page.SamplePageInBrowser;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The player in a real browser, used as people use it: by keys, buttons and lists. */
class PlayerBrowserTest extends SamplePageInBrowser {

  private static final Player PLAYER = SamplePlayer.player();
  private static final Clip DUSK = PLAYER.clips().get(0);
  private static final String SLIDER = "#player-frame";

  @BeforeEach
  void open() {
    browser().open(page());
  }

  @AfterEach
  void nothingWasWrittenToTheConsoleAndNothingAskedFor() {
    assertThat(browser().console()).isEmpty();
    assertThat(browser().requests(page())).noneMatch(request -> request.contains("\"url\":\"http"));
  }

  private static String text(String id) {
    return (String)
        browser().value("return document.getElementById('player-%s').textContent".formatted(id));
  }

  /** The picture of a panel as its bytes; empty where it has none. */
  private static byte[] picture(String panel) {
    String source =
        (String)
            browser()
                .value(
                    ("const i = document.querySelector('#player-%s img');"
                            + " return i.hidden ? '' : i.src.replace(/^.*,/, '')")
                        .formatted(panel));
    return Base64.getDecoder().decode(source);
  }

  private static double cursor() {
    return ((Number)
            browser()
                .value(
                    "return parseFloat(document.querySelector('#player-chart .cursor')"
                        + ".style.transform.replace('translateX(', ''))"))
        .doubleValue();
  }

  private static String percent(OptionalDouble value) {
    return String.format(Locale.ROOT, "%.1f %%", value.orElseThrow());
  }

  /** Panels, slider, cursor and words are those of a frame. */
  private static void assertShown(Clip clip, int method, int at) {
    int frame = clip.frames().get(at).index();
    Track track = clip.tracks().get(method);
    assertThat(browser().value("return document.querySelector('#player-frame').value"))
        .isEqualTo(Integer.toString(at));
    assertThat(picture("input")).isEqualTo(file(clip.input(), at));
    assertThat(picture("truth")).isEqualTo(file(clip.truth(), at));
    assertThat(picture("fixed")).isEqualTo(file(clip.fixed().film(), at));
    assertThat(picture("adapted")).isEqualTo(file(track.film(), at));
    assertThat(cursor()).isCloseTo(1000.0 * frame / (clip.length() - 1), within(0.01));
    if (clip.frames().get(at).annotated()) {
      assertThat(text("words"))
          .startsWith("Frame %d (%06d): ".formatted(frame, frame))
          .contains(
              "fixed " + percent(clip.fixed().values().get(at)),
              ClipTitles.name(track.title()) + " " + percent(track.values().get(at)));
    } else {
      assertThat(text("words")).endsWith("no ground truth.");
    }
  }

  private static byte[] file(Film film, int at) {
    return film.pictures().get(at).orElse(new byte[0]);
  }

  @Test
  void theFirstFrameIsShownWithTheOnlineMethodAndNothingPlaysByItself() {
    assertShown(DUSK, 1, 0);
    assertThat(text("play")).isEqualTo("Play");
    assertThat(text("spacing")).isEqualTo("every 4th of 20 frames");
    assertThat(text("end")).isEqualTo("frame 19");
    assertThat(text("words"))
        .isEqualTo("Frame 2 (000002): mIoU fixed 60.1 %, Online TTT-MAE 58.0 %, \u22122.1 points.");
    assertThat(browser().value("return getComputedStyle(document.getElementById('strip')).display"))
        .isEqualTo("none");
    assertThat(browser().value("return document.querySelectorAll('#player-chart .line').length"))
        .isEqualTo(2L);
  }

  @Test
  void theKeysOfTheSliderMoveThroughTheFrames() {
    browser().press(SLIDER, Keys.ARROW_RIGHT);
    assertShown(DUSK, 1, 1);
    browser().press(SLIDER, Keys.END);
    assertShown(DUSK, 1, 4);
    browser().press(SLIDER, Keys.ARROW_RIGHT);
    assertShown(DUSK, 1, 4);
    browser().press(SLIDER, Keys.ARROW_LEFT);
    assertShown(DUSK, 1, 3);
    browser().press(SLIDER, Keys.HOME);
    assertShown(DUSK, 1, 0);
    browser().click("#player-on");
    browser().click("#player-on");
    assertShown(DUSK, 1, 2);
    browser().click("#player-back");
    assertShown(DUSK, 1, 1);
  }

  @Test
  void spacePlaysAndStopsAndAPlayedVideoEndsAtItsLastFrame() {
    browser().press(SLIDER, " ");
    browser().until("document.querySelector('#player-play').textContent === 'Play'");
    assertShown(DUSK, 1, 4);
    assertThat(
            browser()
                .value("return document.querySelector('#player-words').getAttribute('aria-live')"))
        .isEqualTo("polite");

    // Once more from its beginning, without words for screen readers meanwhile; in one go, since it
    // plays on between two looks.
    assertThat(
            browser()
                .value(
                    "const b = document.querySelector('#player-play'); b.click(); const live ="
                        + " document.querySelector('#player-words').getAttribute('aria-live');"
                        + " const playing = [b.textContent, live,"
                        + " document.querySelector('#player-frame').value]; b.click(); return"
                        + " playing.concat(b.textContent)"))
        .isEqualTo(List.of("Pause", "off", "0", "Play"));
  }

  @Test
  void anotherMethodIsShownInTheSameFrame() {
    browser().press(SLIDER, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
    browser().choose("#player-method", 1);

    assertShown(DUSK, 2, 2);
    assertThat(
            browser()
                .value("return document.querySelector('#player-adapted figcaption').textContent"))
        .isEqualTo("LN Adapt");
    assertThat(text("legend")).isEqualTo("fixed: MAE Joint TrainingLN Adapt");
    // Without a picture of this frame.
    browser().press(SLIDER, Keys.ARROW_LEFT);
    assertShown(DUSK, 2, 1);
    assertThat(
            browser()
                .value(
                    "return getComputedStyle(document.querySelector('#player-adapted"
                        + " .none')).display"))
        .isNotEqualTo("none");
  }

  @Test
  void anotherVideoAndOtherResultsKeepTheMethodWhereTheyHaveIt() {
    browser().choose("#player-method", 1);
    browser().choose("#player-video", 1);
    assertShown(PLAYER.clips().get(1), 1, 0);
    assertThat(
            browser()
                .value(
                    "return"
                        + " document.querySelector('#player-video').selectedOptions[0].textContent"))
        .isEqualTo(ClipTitles.name(SamplePage.HOSTILE));

    browser().choose("#player-video", 0);
    assertShown(DUSK, 2, 0);
    browser().choose("#player-scene", 1);
    assertShown(PLAYER.clips().get(2), 1, 0);
    assertThat(text("words")).contains("PQ fixed 58.0 %");
    assertThat(browser().value("return document.title")).isNotEqualTo("taken");
  }

  @Test
  void theLargestGainAndLossAreOneStepAway() {
    browser().click("#player-gain");
    assertShown(DUSK, 1, 3);
    browser().click("#player-loss");
    assertShown(DUSK, 1, 2);
    // LN Adapt gains once and loses never.
    browser().choose("#player-method", 1);
    assertThat(browser().value("return document.querySelector('#player-loss').disabled"))
        .isEqualTo(true);
    browser().click("#player-gain");
    assertShown(DUSK, 2, 0);
  }

  @Test
  void aPlaceInTheChartIsAFrame() {
    browser()
        .value(
            "const c = document.querySelector('#player-chart'); const b ="
                + " c.getBoundingClientRect(); c.dispatchEvent(new PointerEvent('pointerdown',"
                + " {clientX: b.left + 0.7 * b.width, clientY: b.top + 5}))");

    assertShown(DUSK, 1, 3);
  }

  @Test
  void onAPhoneThePanelsStandInTwoColumns() {
    browser().asOnAPhone();
    browser().open(page());

    assertThat(browser().value("return document.documentElement.scrollWidth <= innerWidth"))
        .isEqualTo(true);
    assertThat(
            browser()
                .value(
                    "return new Set(Array.from(document.querySelectorAll('#player figure'))"
                        + ".map(f => Math.round(f.getBoundingClientRect().left))).size"))
        .isEqualTo(2L);
    assertThat(
            browser()
                .value(
                    "return Array.from(document.querySelectorAll('#player button, #player select,"
                        + " #player input')).every(e => e.getBoundingClientRect().height >= 40"
                        + " && e.getBoundingClientRect().right <= innerWidth)"))
        .isEqualTo(true);
  }

  @Test
  void whereLessMotionIsAskedForTheCursorJumps() {
    String moving =
        "return getComputedStyle(document.querySelector('#player-chart"
            + " .cursor')).transitionDuration";
    assertThat(browser().value(moving)).isNotEqualTo("0s");

    browser().asWithLessMotion();
    browser().open(page());

    assertThat(browser().value(moving)).isEqualTo("0s");
    assertShown(DUSK, 1, 0);
    assertThat(text("play")).isEqualTo("Play");
  }

  @Test
  void onPaperAStripStandsInThePlaceOfTheControls() {
    browser().asPrinted();
    browser().open(page());

    assertThat(
            browser().value("return getComputedStyle(document.querySelector('#player')).display"))
        .isEqualTo("none");
    assertThat(strip()).isEqualTo(List.of(19L, true));
  }

  @Test
  void withoutScriptsTheStripIsShown() {
    browser().withScripts(false);
    try {
      browser().open(page());

      assertThat(browser().value("return document.querySelector('#player').hidden"))
          .isEqualTo(true);
      assertThat(strip()).isEqualTo(List.of(19L, true));
    } finally {
      browser().withScripts(true);
    }
  }

  /** Pictures of the strip, and whether it is seen without scrolling sideways. */
  private static Object strip() {
    return browser()
        .value(
            "const s = document.querySelector('#strip'); const b = s.getBoundingClientRect();"
                + " return [s.querySelectorAll('img').length, b.height > 0 && b.right <= innerWidth"
                + " && s.querySelector('table').getBoundingClientRect().right <= innerWidth]");
  }
}
