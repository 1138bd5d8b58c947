package io.videottt.jobs.drawing;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** How many pixels a segment has and between which rows and columns they lie. */
public final class Extent {

  private long area;
  private int left = Integer.MAX_VALUE;
  private int top = Integer.MAX_VALUE;
  private int right = -1;
  private int bottom = -1;

  /** The extent of a mask, [height * width] row by row. */
  public static Extent of(boolean[] mask, int width) {
    Extent extent = new Extent();
    for (int i = 0; i < mask.length; i++) {
      if (mask[i]) {
        extent.add(i % width, i / width);
      }
    }
    return extent;
  }

  public void add(int x, int y) {
    area++;
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }

  public long area() {
    return area;
  }

  int left() {
    return left;
  }

  int top() {
    return top;
  }

  /** Columns; 0 without pixels. */
  int width() {
    return area == 0 ? 0 : right - left + 1;
  }

  /** Rows; 0 without pixels. */
  int height() {
    return area == 0 ? 0 : bottom - top + 1;
  }

  /** Writes COCO's bbox: left, top, width, height. */
  public void write(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("bbox");
    json.writeNumber(area == 0 ? 0 : left);
    json.writeNumber(area == 0 ? 0 : top);
    json.writeNumber(width());
    json.writeNumber(height());
    json.writeEndArray();
  }
}
