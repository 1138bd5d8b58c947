package io.videottt.io.config;

import com.fasterxml.jackson.databind.node.DoubleNode;

/** A number with the words it is written in, which may be a name where a text is wanted. */
final class WrittenNumber extends DoubleNode {

  private static final long serialVersionUID = 1;

  private final String written;

  WrittenNumber(String written) {
    super(Double.parseDouble(written));
    this.written = written;
  }

  String written() {
    return written;
  }
}
