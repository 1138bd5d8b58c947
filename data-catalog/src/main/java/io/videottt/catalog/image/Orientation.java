package io.videottt.catalog.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How a stored image is to be turned to be seen upright: the eight values of EXIF's tag 0x0112, as
 * Pillow's {@code exif_transpose}, OpenCV and detectron2 apply it.
 */
public enum Orientation {
  /** As stored; also where a file says nothing or nonsense. */
  UPRIGHT(false, false, false),
  /** Left and right are exchanged. */
  MIRRORED(false, true, false),
  /** Turned by 180 degrees. */
  UPSIDE_DOWN(false, true, true),
  /** Top and bottom are exchanged. */
  FLIPPED(false, false, true),
  /** Rows and columns are exchanged. */
  TRANSPOSED(true, false, false),
  /** To be turned clockwise by 90 degrees: the usual photograph in portrait format. */
  CLOCKWISE(true, false, true),
  /** Rows and columns are exchanged, and both run backwards. */
  TRANSVERSE(true, true, true),
  /** To be turned counter-clockwise by 90 degrees. */
  COUNTER_CLOCKWISE(true, true, false);

  private static final int TAG = 0x0112;
  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int ENTRY_BYTES = 12;
  private static final int TIFF_NUMBER = 42;

  /** Whether a row of the upright image is a column of the stored one. */
  private final boolean exchanged;

  /** Whether the stored columns run backwards. */
  private final boolean columnsBackwards;

  /** Whether the stored rows run backwards. */
  private final boolean rowsBackwards;

  Orientation(boolean exchanged, boolean columnsBackwards, boolean rowsBackwards) {
    this.exchanged = exchanged;
    this.columnsBackwards = columnsBackwards;
    this.rowsBackwards = rowsBackwards;
  }

  /**
   * The orientation of a turn.
   *
   * @param exchanged whether a row of the upright image is a column of the stored one
   * @param columnsBackwards whether the stored columns run backwards
   * @param rowsBackwards whether the stored rows run backwards
   */
  public static Orientation of(boolean exchanged, boolean columnsBackwards, boolean rowsBackwards) {
    for (Orientation orientation : values()) {
      if (orientation.exchanged == exchanged
          && orientation.columnsBackwards == columnsBackwards
          && orientation.rowsBackwards == rowsBackwards) {
        return orientation;
      }
    }
    throw new AssertionError("eight values are all combinations");
  }

  /** The tag's value, 1 to 8. */
  public int tag() {
    return ordinal() + 1;
  }

  /** Whether height and width change places. */
  public boolean exchangesSides() {
    return exchanged;
  }

  /**
   * The orientation that an EXIF block asks for. A malformed block asks for nothing: it never costs
   * the picture.
   *
   * @param tiff the block from its TIFF header on
   */
  static Orientation of(ByteBuffer tiff) {
    ByteBuffer block = tiff.slice();
    if (block.limit() < 8 || block.get(0) != block.get(1)) {
      return UPRIGHT;
    }
    switch (block.get(0)) {
      case 'I' -> block.order(ByteOrder.LITTLE_ENDIAN);
      case 'M' -> block.order(ByteOrder.BIG_ENDIAN);
      default -> {
        return UPRIGHT;
      }
    }
    long directory = block.getInt(4) & 0xffffffffL;
    if (block.getShort(2) != TIFF_NUMBER || directory + 2 > block.limit()) {
      return UPRIGHT;
    }
    int entries = block.getShort((int) directory) & 0xffff;
    long at = directory + 2;
    for (int i = 0; i < entries && at + ENTRY_BYTES <= block.limit(); i++, at += ENTRY_BYTES) {
      if ((block.getShort((int) at) & 0xffff) == TAG) {
        return ofEntry(block, (int) at);
      }
    }
    return UPRIGHT;
  }

  private static Orientation ofEntry(ByteBuffer block, int at) {
    int value =
        switch (block.getShort(at + 2)) {
          case SHORT -> block.getShort(at + 8) & 0xffff;
          case LONG -> block.getInt(at + 8);
          default -> 0;
        };
    boolean known = block.getInt(at + 4) == 1 && value >= 1 && value <= values().length;
    return known ? values()[value - 1] : UPRIGHT;
  }

  /**
   * The upright image.
   *
   * @param stored returned itself when it is upright
   */
  public RgbImage upright(RgbImage stored) {
    if (this == UPRIGHT) {
      return stored;
    }
    int height = exchanged ? stored.width() : stored.height();
    int width = exchanged ? stored.height() : stored.width();
    byte[] from = stored.pixels();
    byte[] to = new byte[from.length];
    int out = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int row = exchanged ? x : y;
        int column = exchanged ? y : x;
        row = rowsBackwards ? stored.height() - 1 - row : row;
        column = columnsBackwards ? stored.width() - 1 - column : column;
        int in = (row * stored.width() + column) * 3;
        to[out++] = from[in];
        to[out++] = from[in + 1];
        to[out++] = from[in + 2];
      }
    }
    return new RgbImage(height, width, to);
  }
}
