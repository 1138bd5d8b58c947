package io.videottt.reports.player;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptJsonTest {

  private static final String MARKUP_AND_MORE = "[\\x20-\\x25\\x27-\\x3b\\x3d\\x3f-\\x7f]*";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "</script><script>alert(1)</script>",
        "</SCRIPT\n>",
        "<!--<script>",
        "]]>",
        "a \"quoted\" 'name' \\ with &amp; and \\u003c",
        "\u202egnp.exe\u2066\u200f",
        "\u2028\u2029\u0000\u001b[31m\u007f",
        "\ud83d\ude00 caf\u00e9 \u6f22",
        ""
      })
  void noTextEndsTheElementAndEveryTextComesBack(String text) throws IOException {
    String json = ScriptJson.text(Map.of("name", text));

    assertThat(json).matches(MARKUP_AND_MORE);
    assertThat(new JsonMapper().readTree(json).get("name").textValue()).isEqualTo(text);
    assertThat(ScriptData.of("id", Map.of("name", text)).json()).isEqualTo(json);
  }

  @Test
  void numbersKeepEveryBit() throws IOException {
    Random random = new Random(1);
    for (int i = 0; i < 1000; i++) {
      double value = 100 * random.nextDouble();
      assertThat(new JsonMapper().readTree(ScriptJson.text(value)).doubleValue()).isEqualTo(value);
    }
  }
}
