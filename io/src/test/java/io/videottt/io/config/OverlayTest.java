package io.videottt.io.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.videottt.base.InvalidInputException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OverlayTest {

  private static final String BELOW = "{a: 1, b: {c: 2, d: {e: 3}}, list: [1, 2], gone: 4}";

  private static ObjectNode tree(String yaml) {
    return StrictYaml.tree(yaml, "file.yaml");
  }

  @Test
  void keysAreMergedInAnyDepthAndListsAreReplaced() {
    ObjectNode below = tree(BELOW);
    ObjectNode above = tree("{b: {d: {f: 5}}, list: [3], gone: , z: 6}");
    assertThat(Overlay.of(below, above))
        .hasToString(
            "{\"a\":1,\"b\":{\"c\":2,\"d\":{\"e\":3,\"f\":5}},\"list\":[3],\"gone\":null,\"z\":6}");
    assertThat(below).isEqualTo(tree(BELOW));
    assertThat(above).isEqualTo(tree("{b: {d: {f: 5}}, list: [3], gone: , z: 6}"));
  }

  @Test
  void aKeyWithoutAValueIsTakenOutWhereItGoesBackToItsDefault() {
    assertThat(Overlay.clearing(tree(BELOW), tree("{gone: , never: , b: {c: }}")))
        .hasToString("{\"a\":1,\"b\":{\"d\":{\"e\":3}},\"list\":[1,2]}");
  }

  @Test
  void valuesKeepTheirKindsAndTheirOrder() {
    Map<String, Object> merged =
        Overlay.of(
            Map.of("jitter", Map.of("minimum", 0.5, "of", "crop")),
            Map.of("jitter", Map.of("minimum", 1), "steps", List.of(1, 2L)));
    assertThat(merged)
        .containsEntry("jitter", Map.of("minimum", 1, "of", "crop"))
        .containsEntry("steps", List.of(1, 2L));
  }

  @Test
  void anUnknownKeyIsAnsweredAlikeInEveryFile() {
    assertThatThrownBy(
            () -> KnownKeys.require(tree("{b: 1, x: 2}"), List.of("b", "a"), "f.json", "in."))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("f.json: unknown key 'in.x'\nknown here: a, b");
  }
}
