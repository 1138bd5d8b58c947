package io.videottt.catalog.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** JPEG files put together from segments. */
public final class TestJpeg {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  TestJpeg() {
    bytes.writeBytes(new byte[] {(byte) 0xff, (byte) 0xd8});
  }

  TestJpeg segment(int marker, byte... data) {
    bytes.write(0xff);
    bytes.write(marker);
    bytes.writeBytes(ByteBuffer.allocate(2).putShort((short) (data.length + 2)).array());
    bytes.writeBytes(data);
    return this;
  }

  /** A frame header without subsampling. */
  TestJpeg frame(int marker, int bits, int height, int width, int components) {
    ByteBuffer data = ByteBuffer.allocate(6 + 3 * components);
    data.put((byte) bits).putShort((short) height).putShort((short) width).put((byte) components);
    for (int i = 0; i < components; i++) {
      data.put((byte) (i + 1)).put((byte) 0x11).put((byte) 0);
    }
    return segment(marker, data.array());
  }

  /** A scan of the first component that has one byte of data. */
  TestJpeg scan() {
    segment(0xda, new byte[] {1, 1, 0, 0, 0, 0});
    bytes.write(0);
    return this;
  }

  byte[] end() {
    bytes.writeBytes(new byte[] {(byte) 0xff, (byte) 0xd9});
    return bytes.toByteArray();
  }

  /** The file with further bytes behind its start marker. */
  static byte[] with(byte[] jpeg, byte[] inserted) {
    return ByteBuffer.allocate(jpeg.length + inserted.length)
        .put(jpeg, 0, 2)
        .put(inserted)
        .put(jpeg, 2, jpeg.length - 2)
        .array();
  }

  /** The file with a segment that tells its orientation. */
  public static byte[] turned(byte[] jpeg, int orientation) {
    ByteBuffer exif = ByteBuffer.allocate(32);
    exif.put("Exif\0\0MM\0*".getBytes(StandardCharsets.ISO_8859_1)).putInt(8).putShort((short) 1);
    exif.putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) orientation);
    byte[] segment = new TestJpeg().segment(0xe1, exif.array()).bytes.toByteArray();
    return with(jpeg, Arrays.copyOfRange(segment, 2, segment.length));
  }

  static byte[] progressive(BufferedImage image) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(file)) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return file.toByteArray();
  }
}
