package io.videottt.jobs.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * TensorBoard's event file: TFRecords (length, its masked CRC-32C, bytes, their masked CRC-32C,
 * little endian) of messages {@code tensorflow.Event} in Protocol Buffers' encoding, of which the
 * few fields for scalars and texts are written here (tensorflow/core/util/event.proto,
 * framework/summary.proto). There is no kept library that does it without TensorFlow itself.
 */
final class EventFile {

  private static final String VERSION = "brain.Event:2";
  private static final int MASK_DELTA = 0xa282ead8;
  private static final int MASK_SHIFT = 15;

  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;
  private static final int TYPE_STRING = 7;

  private final OutputStream out;

  /** Begins a file with its version. */
  EventFile(OutputStream out, double wallTime) throws IOException {
    this.out = out;
    Message event = new Message().fixed(1, wallTime).text(3, VERSION);
    record(event.bytes());
  }

  /**
   * Writes a number.
   *
   * @param wallTime seconds since 1970
   */
  void scalar(String tag, long step, double value, double wallTime) throws IOException {
    value(new Message().text(1, tag).fixed(2, (float) value), step, wallTime);
  }

  /** Writes a text, Markdown. */
  void text(String tag, String text, double wallTime) throws IOException {
    Message plugin = new Message().text(1, "text");
    Message shape = new Message().message(2, new Message().number(1, 1));
    Message tensor = new Message().number(1, TYPE_STRING).message(2, shape).text(8, text);
    value(
        new Message().text(1, tag).message(8, tensor).message(9, new Message().message(1, plugin)),
        0,
        wallTime);
  }

  private void value(Message value, long step, double wallTime) throws IOException {
    Message summary = new Message().message(1, value);
    record(new Message().fixed(1, wallTime).number(2, step).message(5, summary).bytes());
  }

  private void record(byte[] data) throws IOException {
    byte[] length = buffer(Long.BYTES).putLong(data.length).array();
    out.write(length);
    out.write(buffer(Integer.BYTES).putInt(masked(length)).array());
    out.write(data);
    out.write(buffer(Integer.BYTES).putInt(masked(data)).array());
  }

  /** CRC-32C, rotated and shifted, so that checksums of checksums say something. */
  static int masked(byte[] data) {
    CRC32C crc = new CRC32C();
    crc.update(data);
    return Integer.rotateRight((int) crc.getValue(), MASK_SHIFT) + MASK_DELTA;
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** A message of Protocol Buffers, written field by field. */
  private static final class Message {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    byte[] bytes() {
      return bytes.toByteArray();
    }

    private void key(int field, int type) {
      varint((long) field << 3 | type);
    }

    private void varint(long value) {
      long left = value;
      while ((left & ~0x7fL) != 0) {
        bytes.write((int) (left & 0x7f | 0x80));
        left >>>= 7;
      }
      bytes.write((int) left);
    }

    Message number(int field, long value) {
      key(field, VARINT);
      varint(value);
      return this;
    }

    Message fixed(int field, double value) {
      key(field, FIXED64);
      bytes.writeBytes(buffer(Double.BYTES).putDouble(value).array());
      return this;
    }

    Message fixed(int field, float value) {
      key(field, FIXED32);
      bytes.writeBytes(buffer(Float.BYTES).putFloat(value).array());
      return this;
    }

    Message text(int field, String value) {
      return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Message message(int field, Message value) {
      return bytes(field, value.bytes());
    }

    private Message bytes(int field, byte[] value) {
      key(field, BYTES);
      varint(value.length);
      bytes.writeBytes(value);
      return this;
    }
  }
}
