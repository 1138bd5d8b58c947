package io.videottt.jobs.fuzz;

import java.util.List;
import java.util.Random;

/** What files are written in, as far as making bad ones needs it. */
enum FuzzGrammar {
  JSON(
      List.of(
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\"",
          "null",
          "true",
          "NaN",
          "Infinity",
          "-",
          "{}",
          "[]",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"\\u001b[2J\"",
          "\"../../x\"",
          "\"/etc/passwd\"",
          "\\",
          "{\"id\":1}",
          "\"id\":1,\"id\":2,")),
  YAML(
      List.of(
          "{",
          "}",
          "[",
          "]",
          ",",
          ": ",
          "- ",
          "? ",
          "\n",
          "\t",
          "&a ",
          "*a",
          "!!str ",
          "!!int ",
          "!<x> ",
          "| ",
          ">\n",
          "---\n",
          "...\n",
          "%YAML 1.2\n",
          "#",
          "\"",
          "'",
          "~",
          "null",
          "yes",
          "0x1F",
          "0010",
          "1_0",
          "<<: ",
          "\"\\e[2J\"",
          "../../x",
          "/etc/passwd",
          "s3a://k:s@b/x")),
  BYTES(List.of("PAR1", "IHDR", "IDAT", "\u0000\u0000\u0000\u0000", "\uffff\uffff", "{", "["));

  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-1",
          "1",
          "255",
          "256",
          "65536",
          "16777216",
          "2147483647",
          "2147483648",
          "-2147483649",
          "4294967296",
          "9007199254740993",
          "9223372036854775807",
          "9223372036854775808",
          "1e308",
          "1e309",
          "-1e999",
          "1e-999",
          "0.5",
          "1e999999999",
          "00",
          "0.00000000000000000000000000000001");

  private static final int LARGEST_BOMB = 1 << 20;
  private static final int DEEPEST = 6;

  private final List<String> tokens;

  FuzzGrammar(List<String> tokens) {
    this.tokens = tokens;
  }

  /** Whether documents of it nest. */
  boolean grows() {
    return this != BYTES;
  }

  /** A word that readers look for. */
  String token(Random random) {
    return random.nextInt(4) == 0 ? number(random) : tokens.get(random.nextInt(tokens.size()));
  }

  /** A number at an edge, or a long one. */
  static String number(Random random) {
    return random.nextInt(12) == 0
        ? "9".repeat(1 << random.nextInt(16))
        : NUMBERS.get(random.nextInt(NUMBERS.size()));
  }

  /** A small document of this grammar, or one that is nearly so. */
  String document(Random random) {
    StringBuilder text = new StringBuilder();
    if (this == BYTES) {
      for (int i = random.nextInt(40); i > 0; i--) {
        text.append(token(random));
      }
    } else {
      value(random, 0, text);
    }
    return text.toString();
  }

  private void value(Random random, int depth, StringBuilder text) {
    int kind = depth > DEEPEST ? 2 : random.nextInt(3);
    if (kind == 2) {
      text.append(random.nextInt(3) == 0 ? "\"word\"" : token(random));
      return;
    }
    text.append(kind == 0 ? '{' : '[');
    for (int i = random.nextInt(6); i > 0; i--) {
      if (kind == 0) {
        text.append('"').append(random.nextInt(4)).append("\": ");
      }
      value(random, depth + 1, text);
      text.append(random.nextInt(40) == 0 ? "" : ", ");
    }
    text.append(kind == 0 ? "\"z\": 1}" : "1]");
  }

  /** A document that is cheap to write and dear to read. */
  String bomb(Random random) {
    int size = 1 << (10 + random.nextInt(11));
    String opening =
        List.of("[", "{\"a\":", "[{\"a\":", "[\n", "{\n\"a\":\n", "- ", "? ", "!a [", "{")
            .get(random.nextInt(9));
    return switch (random.nextInt(7)) {
      case 0 -> opening.repeat(size / opening.length());
      case 1 -> "[".repeat(size / 2) + "]".repeat(size / 2);
      case 2 -> numbered(size, "{", "\"k%d\": 1, ", "\"z\": 1}");
      case 3 -> numbered(size, "[", "{\"id\": %d}, ", "{}]");
      case 4 -> "{\"a\": " + "9".repeat(size) + (random.nextBoolean() ? "}" : "e999999999}");
      case 5 -> "{\"" + "a".repeat(size) + "\": \"" + "b".repeat(size) + "\"}";
      default -> laughs();
    };
  }

  private static String numbered(int size, String start, String pattern, String end) {
    StringBuilder text = new StringBuilder(start);
    for (int i = 0; text.length() < Math.min(size, LARGEST_BOMB); i++) {
      text.append(pattern.formatted(i));
    }
    return text.append(end).toString();
  }

  /** Every line twice the one before. */
  private static String laughs() {
    StringBuilder text = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 40; i++) {
      text.append("a%d: &a%d [*a%d, *a%d]%n".formatted(i, i, i - 1, i - 1));
    }
    return text.toString();
  }
}
