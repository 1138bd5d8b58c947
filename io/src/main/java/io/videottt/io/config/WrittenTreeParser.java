package io.videottt.io.config;

import com.fasterxml.jackson.core.ObjectCodec;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TreeTraversingParser;

/** Walks through a tree of {@link YamlTree} and gives every scalar's text as it is written. */
final class WrittenTreeParser extends TreeTraversingParser {

  WrittenTreeParser(JsonNode tree, ObjectCodec codec) {
    super(tree, codec);
  }

  /** The text of a scalar; null for a list, keys and values, or no value. */
  static String text(JsonNode scalar) {
    if (scalar instanceof WrittenNumber number) {
      return number.written();
    }
    if (scalar instanceof WrittenFlag flag) {
      return flag.written();
    }
    return scalar == null || scalar.isContainerNode() || scalar.isNull() || scalar.isMissingNode()
        ? null
        : scalar.asText();
  }

  @Override
  public String getText() {
    String written = currentToken().isScalarValue() ? text(currentNode()) : null;
    return written == null ? super.getText() : written;
  }

  /** What buffers hold until the type of an object is known. */
  @Override
  public Object getNumberValueDeferred() {
    return currentNode() instanceof WrittenNumber number
        ? number.written()
        : currentNode().numberValue();
  }
}
