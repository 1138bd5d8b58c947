package io.videottt.catalog.image;

import java.io.ByteArrayOutputStream;
import javax.imageio.plugins.jpeg.JPEGHuffmanTable;

/** The Huffman tables of the JPEG standard's annex K, which frames of motion JPEG imply. */
final class StandardHuffmanTables {

  private StandardHuffmanTables() {}

  /** A segment that defines them, with its marker. */
  static byte[] segment() {
    ByteArrayOutputStream tables = new ByteArrayOutputStream();
    write(tables, 0x00, JPEGHuffmanTable.StdDCLuminance);
    write(tables, 0x10, JPEGHuffmanTable.StdACLuminance);
    write(tables, 0x01, JPEGHuffmanTable.StdDCChrominance);
    write(tables, 0x11, JPEGHuffmanTable.StdACChrominance);
    int length = tables.size() + 2;
    ByteArrayOutputStream segment = new ByteArrayOutputStream();
    segment.writeBytes(new byte[] {(byte) 0xff, (byte) 0xc4, (byte) (length >> 8), (byte) length});
    segment.writeBytes(tables.toByteArray());
    return segment.toByteArray();
  }

  private static void write(ByteArrayOutputStream out, int place, JPEGHuffmanTable table) {
    out.write(place);
    for (short count : table.getLengths()) {
      out.write(count);
    }
    for (short value : table.getValues()) {
      out.write(value);
    }
  }
}
