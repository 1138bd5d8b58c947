package io.videottt.catalog.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.videottt.base.InvalidInputException;
import io.videottt.catalog.folders.LabelMapsLayout;
import io.videottt.io.config.StrictYaml;
import io.videottt.io.storage.Utf8Text;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictYamlTest {

  /** Words that some YAML reader or other takes for a number, a date or a truth value. */
  private static final List<String> WORDS =
      List.of(
          "0001",
          "0010",
          "1_0",
          "0x1F",
          "0o17",
          "0b11",
          "1e3",
          "1.50",
          "1.",
          ".5",
          "-0",
          "+5",
          "12:30:45",
          "2024-01-01",
          "on",
          "off",
          "yes",
          "No",
          "y",
          "True",
          "FALSE",
          "true",
          ".inf",
          ".nan",
          "10",
          "9223372036854775808",
          "123456789012345678901234567890",
          "1,000",
          "=");

  record Words(String word, List<String> words, Map<String, Object> other, Shape shape) {}

  record Shape(String name, Integer count, Long large, Double size, Boolean flag, Sort sort) {}

  enum Sort {
    ROUND,
    SQUARE
  }

  private static Words read(String text) {
    return StrictYaml.read(text, "file.yaml", Words.class);
  }

  @Test
  void aWordIsTextAsWrittenWhereATextIsWanted() {
    for (String word : WORDS) {
      assertThat(read("word: %s\n".formatted(word)).word()).isEqualTo(word);
      Words again =
          StrictYaml.convert(
              StrictYaml.tree("words:\n  - %s\n".formatted(word), "f"), "f", Words.class);
      assertThat(again.words()).containsExactly(word);
      assertThat(StrictYaml.text(StrictYaml.tree("w: " + word, "f").get("w"))).contains(word);
    }
  }

  @Test
  void whatComesBeforeATypeIsTextAsWrittenToo() {
    Layout layout =
        StrictYaml.read(
            "{images: 1e3, labels: 0010, labelSuffix: 1.50, type: label-maps}", "f", Layout.class);
    assertThat(layout).isEqualTo(new LabelMapsLayout("1e3", null, "0010", "1.50", null));
  }

  @Test
  void numbersAndTruthValuesAreWhatTheyLookLikeWhereNothingIsSaid() {
    Words words =
        read("other: {a: 10, b: 1.5, c: true, d: 1e3, e: 0010, f: 1_0, g: 0x1F, h: on, i: \"1\"}");
    assertThat(words.other())
        .containsEntry("a", 10)
        .containsEntry("b", 1.5)
        .containsEntry("c", true)
        .containsEntry("d", 1000.0)
        .containsEntry("e", "0010")
        .containsEntry("f", "1_0")
        .containsEntry("g", "0x1F")
        .containsEntry("h", "on")
        .containsEntry("i", "1");
  }

  @Test
  void numbersOfAnySizeAreRead() {
    Shape shape =
        read("shape: {count: -7, large: 9223372036854775807, size: 1e-3, flag: False, sort: round}")
            .shape();
    assertThat(shape).isEqualTo(new Shape(null, -7, Long.MAX_VALUE, 0.001, false, Sort.ROUND));
    assertThat(read("shape: {size: 3}").shape().size()).isEqualTo(3.0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "shape: {count: 0010} | file.yaml: shape.count: '0010' is not a whole number (of decimal"
            + " digits, without quotes)",
        "shape: {count: 1_0} | '1_0' is not a whole number",
        "shape: {count: 0x1F} | '0x1F' is not a whole number",
        "shape: {count: \"12\"} | '12' is not a whole number",
        "shape: {count: 1.5} | shape.count: '1.5' is not a whole number",
        "shape: {count: 3000000000} | shape.count: '3000000000' is not a whole number between"
            + " -2147483648 and 2147483647",
        "shape: {large: 9223372036854775808} | shape.large: '9223372036854775808' is not a whole"
            + " number between -9223372036854775808 and 9223372036854775807",
        "shape: {size: fast} | shape.size: 'fast' is not a number",
        "shape: {flag: yes} | shape.flag: 'yes' is not true or false",
        "shape: {sort: oval} | shape.sort: 'oval' is not one of round, square",
        "shape: 3 | shape: '3' is not keys and values",
        "shape: [] | shape: expected keys and values",
        "words: a | words: 'a' is not a list",
        "words: {a: b} | words: expected a list",
        "word: [a] | word: expected a text",
        "words: [a, null] | words[1] has no value; a name that is null or ~ goes in quotes",
        "words: [~] | words[0] has no value",
        "shape: {naem: x} | unknown key 'shape.naem'",
        "\"sh\\u001bape\": {} | unknown key 'sh\\u001bape'",
        "\"a\\nb\": 1 | unknown key 'a\\nb'",
      })
  void whatDoesNotFitIsToldInTheWritersWords(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("file.yaml: ")
        .hasMessageContaining(message)
        .satisfies(StrictYamlTest::isOrdinary);
  }

  /** Case 21: the line of the tab and not the one before, and the reason. */
  @Test
  void case21ATabIsNamedWithItsLine() {
    assertThatThrownBy(() -> read("name: tabs\nroot: tabs\nlayout:\n\ttype: label-maps\n"))
        .hasMessage("file.yaml: not valid YAML, line 4: found a tab where spaces are needed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: 1\\nb: [1, 2\\nc: 3\\n | line 3: expected ',' or ']', but got",
        "a: 1\\n"
            + "b: \"open\\n"
            + "c: 3\\n"
            + " | line 4: found unexpected end of stream (while scanning a quoted scalar, from line"
            + " 2 on)",
        "a: 1\\n b: 2\\n | line 2: mapping values are not allowed here",
        "a: 1\\na: 2\\n | line 2: the key 'a' stands twice, first in line 1; leave one out",
        "s:\\n  \"x\": 1\\n  'x': 2 | line 3: the key 'x' stands twice, first in line 2",
        "a: &x 1\\nb: *x\\n | line 1: anchors and aliases (&, *) are not read; write the value out",
        "a: *x\\n | line 1: anchors and aliases",
        "a: !!int \"3\"\\n | line 1: tags (tag:yaml.org,2002:int) are not read; leave it out",
        "a: !!javax.script.ScriptEngineManager []\\n | line 1: tags (",
        "a: 1\\n---\\nb: 2\\n | line 2: a second document begins here; a file holds one",
        "? [a, b]\\n: 1\\n | line 1: a key must be a word",
        "a: 1\\nb: \\u0007\\n | line 2: holds the character \\u0007, which YAML does not allow",
      })
  void damageIsNamedWithLineAndReason(String text, String message) {
    String file = text.replace("\\n", "\n").replace("\\u0007", "\u0007");
    assertThatThrownBy(() -> StrictYaml.tree(file, "file.yaml"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("file.yaml: ")
        .hasMessageContaining(message)
        .satisfies(StrictYamlTest::isOrdinary);
  }

  /** Configurations of detectron2 hold expressions, which nobody here evaluates. */
  @Test
  void tagsOfAnotherProgramArePassedOver() {
    JsonNode tree =
        StrictYaml.foreignTree(
            "a: !!python/object/apply:eval [\"1 + 1\"]\nb: !!python/tuple [1, x]\nc: !x 7\n", "f");
    assertThat(tree).hasToString("{\"a\":[\"1 + 1\"],\"b\":[1,\"x\"],\"c\":7}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "# a comment\n", "---\n", "~", "null"})
  void anEmptyFileIsCalledEmpty(String text) {
    assertThatThrownBy(() -> StrictYaml.tree(text, "file.yaml"))
        .hasMessage("file.yaml: the file is empty");
  }

  /** Case 23: hundreds of kilobytes of open brackets took minutes. */
  @Test
  @Timeout(180)
  void case23NestedBracketsEndWithTheirDepth() {
    for (String open : List.of("[", "[\n", "{", "{a: ", "{\n a: ", "- ", "? ", "[{a: ", "!a [")) {
      assertThatThrownBy(() -> StrictYaml.tree(open.repeat(1_000_000 / open.length()), "f.yaml"))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageStartingWith("f.yaml: ")
          .satisfies(StrictYamlTest::isOrdinary);
    }
    assertThatThrownBy(() -> StrictYaml.tree("a: " + "[".repeat(1_000_000), "f.yaml"))
        .hasMessage("f.yaml: line 1: nested more than 64 deep");
  }

  @Test
  @Timeout(180)
  void bombsEndInOneLine() {
    StringBuilder laughs = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 30; i++) {
      laughs.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    String digits = "9".repeat(1_000_000);
    for (String bomb :
        List.of(
            laughs.toString(),
            "a: " + digits,
            "a: 1e" + digits,
            "a: 0." + digits,
            "k: {" + "a: 1, ".repeat(100_000) + "}",
            "a: &" + "b".repeat(1_000_000),
            "a: !" + "b".repeat(1_000_000),
            "a".repeat(1_000_000),
            "\"a".repeat(500_000))) {
      assertThatThrownBy(() -> StrictYaml.tree(bomb, "f.yaml"))
          .isInstanceOf(InvalidInputException.class)
          .satisfies(StrictYamlTest::isOrdinary);
    }
  }

  @Test
  void aMillionCharactersOfPlainKeysAreRead() {
    StringBuilder keys = new StringBuilder();
    for (int i = 0; keys.length() < 900_000; i++) {
      keys.append("key").append(i).append(": [1, 2.5, true, text]\n");
    }
    JsonNode tree = StrictYaml.tree(keys.toString(), "f.yaml");
    assertThat(tree.get("key17").get(1).doubleValue()).isEqualTo(2.5);
  }

  /** Case 21: Latin-1 is refused in every file, not read as something else. */
  @Test
  void otherEncodingsAreRefusedWithTheirLine() {
    byte[] latin = "a: 1\nb: Straße\n".getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> Utf8Text.decode(latin, "f.yaml"))
        .hasMessage(
            "f.yaml: line 2: byte 0xdf is not UTF-8 (perhaps Latin-1 or a Windows code page); save"
                + " the file as UTF-8");
    assertThatThrownBy(() -> Utf8Text.decode(new byte[] {'a', (byte) 0xe2, (byte) 0x82}, "f.yaml"))
        .hasMessageContaining("line 1: byte 0xe2 is not UTF-8");
    assertThatThrownBy(() -> Utf8Text.decode("a: 1".getBytes(StandardCharsets.UTF_16), "f.yaml"))
        .hasMessage("f.yaml: is written in UTF-16; save it as UTF-8");
    byte[] utf8 = "\ufeffb: Straße 路😀\n".getBytes(StandardCharsets.UTF_8);
    assertThat(Utf8Text.decode(utf8, "f.yaml")).isEqualTo("b: Straße 路😀\n");
    assertThat(Utf8Text.decode(new byte[0], "f.yaml")).isEmpty();
  }

  private static void isOrdinary(Throwable e) {
    assertThat(e.getMessage().lines().count()).isLessThanOrEqualTo(2);
    assertThat(e.getMessage()).doesNotContain("Exception", "com.fasterxml", "java.");
    assertThat(e.getMessage().length()).isLessThan(1000);
  }
}
