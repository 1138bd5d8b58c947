package io.videottt.reports.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FileNameTest {

  @Test
  void plainNamesStayAsTheyAre() {
    assertThat(FileName.of("table1-camvid-test-semantic")).isEqualTo("table1-camvid-test-semantic");
    assertThat(FileName.of("over-time-0001.TP_2")).isEqualTo("over-time-0001.TP_2");
  }

  @Test
  void nothingBecomesAPathAHiddenFileOrAnOption() {
    assertThat(FileName.of("../../x")).matches("_\\._\\.\\._x-[0-9a-f]{8}|[\\w][\\w.-]*");
    for (String name : new String[] {"", ".", "..", "/etc/passwd", "-rf", ".hidden", "a\u0000b"}) {
      assertThat(FileName.of(name)).matches("\\w[\\w.-]*");
    }
  }

  @Test
  void namesThatLookTheSameStayDifferent() {
    assertThat(FileName.of("a/b"))
        .isNotEqualTo(FileName.of("a_b"))
        .isNotEqualTo(FileName.of("a:b"));
    String longName = "x".repeat(1000);
    assertThat(FileName.of(longName))
        .hasSizeLessThan(200)
        .isNotEqualTo(FileName.of(longName + "y"));
    // A name that was made is a name: it does not change again.
    assertThat(FileName.of(FileName.of(longName))).isEqualTo(FileName.of(longName));
  }

  @Test
  void hiddenCharactersAreShownAsReplaced() {
    assertThat(VisibleText.of("a\u001b[31m\u202eb\u2028c\ud800"))
        .isEqualTo("a\ufffd[31m\ufffdb\ufffdc\ufffd");
    assertThat(VisibleText.of("a\nb\tc\rd")).isEqualTo("a b c d");
    assertThat(VisibleText.of("día \ud83d\ude00 \u65e5")).isEqualTo("día \ud83d\ude00 \u65e5");
    assertThat(VisibleText.of("abcdefgh", 6)).isEqualTo("abc...");
  }
}
