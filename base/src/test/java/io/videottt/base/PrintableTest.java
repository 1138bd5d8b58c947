package io.videottt.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {

  @Test
  void namesOfAllLanguagesStayAsTheyAre() {
    for (String name : new String[] {"Straße", "道路", "路😀", "a b-c_d.png", "C:\\x"}) {
      assertThat(Printable.line(name)).isEqualTo(name);
    }
  }

  @Test
  void whatWouldActOnATerminalIsSpelledOut() {
    assertThat(Printable.line("\u001b[2J\u0007a\nb\r\tc\u009b"))
        .isEqualTo("\\u001b[2J\\u0007a\\nb\\r\\tc\\u009b");
    assertThat(Printable.line("gpj.\u202egnp")).isEqualTo("gpj.\\u202egnp");
    assertThat(Printable.line("a\u2028b\ud800")).isEqualTo("a\\u2028b\\ud800");
  }

  @Test
  void aLongTextIsCut() {
    assertThat(Printable.line("x".repeat(200))).hasSize(200);
    assertThat(Printable.line("x".repeat(1_000_000))).hasSize(203).endsWith("x...");
  }

  @Test
  void messagesKeepTheirLines() {
    assertThat(Printable.lines("one\ntwo\u001b")).isEqualTo("one\ntwo\\u001b");
    assertThat(new InvalidInputException("a\u0000b\nc")).hasMessage("a\\u0000b\nc");
    assertThat(Printable.lines(null)).isNull();
    assertThat(Printable.line(null)).isEqualTo("null");
  }
}
