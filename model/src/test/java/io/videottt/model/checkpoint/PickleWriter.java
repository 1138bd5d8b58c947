package io.videottt.model.checkpoint;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import net.razorvine.pickle.Opcodes;

/** Writes pickles operation by operation, as Python's releases do and as nobody should. */
final class PickleWriter {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final int protocol;

  PickleWriter(int protocol) {
    this.protocol = protocol;
    op(Opcodes.PROTO).raw(protocol);
  }

  PickleWriter op(short... operations) {
    for (short operation : operations) {
      out.write(operation);
    }
    return this;
  }

  PickleWriter raw(int... bytes) {
    for (int value : bytes) {
      out.write(value);
    }
    return this;
  }

  PickleWriter raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  /** A text as Python 3 writes it. */
  PickleWriter text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return protocol >= 4 && utf8.length < 256
        ? op(Opcodes.SHORT_BINUNICODE).raw(utf8.length).raw(utf8)
        : op(Opcodes.BINUNICODE).number(utf8.length, 4).raw(utf8);
  }

  /** A byte string as Python 2 writes it, its texts included. */
  PickleWriter byteString(byte[] bytes) {
    return bytes.length < 256
        ? op(Opcodes.SHORT_BINSTRING).raw(bytes.length).raw(bytes)
        : op(Opcodes.BINSTRING).number(bytes.length, 4).raw(bytes);
  }

  /** Bytes as Python 3 writes them in this protocol. */
  PickleWriter bytes(byte[] bytes) {
    if (protocol < 3) {
      global("_codecs", "encode").text(new String(bytes, StandardCharsets.ISO_8859_1));
      return text("latin1").op(Opcodes.TUPLE2, Opcodes.REDUCE);
    }
    return bytes.length < 256
        ? op(Opcodes.SHORT_BINBYTES).raw(bytes.length).raw(bytes)
        : op(Opcodes.BINBYTES).number(bytes.length, 4).raw(bytes);
  }

  PickleWriter integer(long value) {
    if (value >= 0 && value < 256) {
      return op(Opcodes.BININT1).raw((int) value);
    }
    return value == (int) value
        ? op(Opcodes.BININT).number(value, 4)
        : op(Opcodes.LONG1).raw(8).number(value, 8);
  }

  PickleWriter tuple(long... values) {
    op(Opcodes.MARK);
    for (long value : values) {
      integer(value);
    }
    return op(Opcodes.TUPLE);
  }

  PickleWriter global(String module, String name) {
    return protocol >= 4
        ? text(module).text(name).op(Opcodes.STACK_GLOBAL)
        : op(Opcodes.GLOBAL).raw((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
  }

  PickleWriter number(long value, int bytes) {
    byte[] all = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
    out.write(all, 0, bytes);
    return this;
  }

  byte[] stop() {
    op(Opcodes.STOP);
    return out.toByteArray();
  }

  int protocol() {
    return protocol;
  }
}
