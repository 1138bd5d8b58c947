package io.videottt.io.config;

import com.fasterxml.jackson.databind.node.BooleanNode;

/** A truth value with the word it is written as, which may be a name where a text is wanted. */
final class WrittenFlag extends BooleanNode {

  private static final long serialVersionUID = 1;

  private final String written;

  WrittenFlag(String written) {
    super(Boolean.parseBoolean(written));
    this.written = written;
  }

  String written() {
    return written;
  }
}
