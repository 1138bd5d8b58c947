package io.videottt.model.tensor;

import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Printable;
import io.videottt.io.config.BoundedJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The table of contents of a safetensors file, checked against the file's length. */
public final class SafetensorsHeader {

  /**
   * Largest accepted table of contents, in bytes: a hundred thousand tensors. The format itself
   * would have 100 MB.
   */
  static final long LARGEST_HEADER = 16 << 20;

  private static final int MOST_TENSORS = 100_000;
  private static final int LONGEST_NAME = 1000;

  private static final int LARGEST_RANK = 8;
  private static final Map<String, Integer> ELEMENT_BYTES =
      Map.ofEntries(
          Map.entry("F64", 8),
          Map.entry("F32", 4),
          Map.entry("F16", 2),
          Map.entry("BF16", 2),
          Map.entry("I64", 8),
          Map.entry("I32", 4),
          Map.entry("I16", 2),
          Map.entry("I8", 1),
          Map.entry("U8", 1),
          Map.entry("BOOL", 1));

  /**
   * One tensor.
   *
   * @param name of the tensor
   * @param type element type as the file spells it
   * @param shape sizes
   * @param start first byte, from the beginning of the file
   * @param bytes length
   */
  public record Entry(String name, String type, Shape shape, long start, int bytes) {}

  private SafetensorsHeader() {}

  /**
   * @param json the table of contents
   * @param dataStart where the tensors begin in the file
   * @param fileLength length of the file
   * @param source name of the file, for messages
   * @return the tensors in the order of the table
   */
  static List<Entry> parse(byte[] json, long dataStart, long fileLength, String source) {
    String what = source + " is no safetensors file: its table of contents";
    try (JsonParser table = BoundedJson.parser(json)) {
      try {
        return entries(table, dataStart, fileLength, source);
      } catch (JsonProcessingException e) {
        throw BoundedJson.invalid(e, table.currentLocation(), what);
      }
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory are read without failure", e);
    }
  }

  private static List<Entry> entries(
      JsonParser table, long dataStart, long fileLength, String source) throws IOException {
    if (table.nextToken() != JsonToken.START_OBJECT) {
      throw new InvalidInputException(
          source + " is no safetensors file: its table of contents is no JSON object");
    }
    List<Entry> entries = new ArrayList<>();
    while (table.nextToken() != JsonToken.END_OBJECT) {
      String name = table.currentName();
      table.nextToken();
      if (name.equals("__metadata__")) {
        table.skipChildren();
        continue;
      }
      if (name.length() > LONGEST_NAME || entries.size() == MOST_TENSORS) {
        throw new InvalidInputException(
            "%s: more than %d tensors, or a name of more than %d characters"
                .formatted(source, MOST_TENSORS, LONGEST_NAME));
      }
      Fields fields = new Fields(source, Printable.line(name));
      fields.read(table);
      entries.add(fields.entry(name, dataStart, fileLength));
    }
    if (table.nextToken() != null) {
      throw new InvalidInputException(
          source + ": something follows the end of its table of contents");
    }
    return entries;
  }

  /** What the table says about one tensor. */
  private static final class Fields {

    private final String source;
    private final String name;
    private String type;
    private List<Long> sizes;
    private List<Long> offsets;

    Fields(String source, String name) {
      this.source = source;
      this.name = name;
    }

    void read(JsonParser table) throws IOException {
      if (table.currentToken() != JsonToken.START_OBJECT) {
        throw incomplete();
      }
      while (table.nextToken() != JsonToken.END_OBJECT) {
        String key = table.currentName();
        table.nextToken();
        switch (key) {
          case "dtype" -> type = table.getText();
          case "shape" -> sizes = integers(table, LARGEST_RANK);
          case "data_offsets" -> offsets = integers(table, 2);
          default -> table.skipChildren();
        }
      }
    }

    private List<Long> integers(JsonParser table, int most) throws IOException {
      if (table.currentToken() != JsonToken.START_ARRAY) {
        throw incomplete();
      }
      List<Long> integers = new ArrayList<>();
      while (table.nextToken() != JsonToken.END_ARRAY) {
        boolean fits =
            table.currentToken() == JsonToken.VALUE_NUMBER_INT
                && table.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
        if (!fits || integers.size() == most) {
          throw incomplete();
        }
        integers.add(table.getLongValue());
      }
      return integers;
    }

    private InvalidInputException incomplete() {
      return new InvalidInputException(
          "%s: the entry of %s has no shape or no data_offsets that can be"
              .formatted(source, name));
    }

    Entry entry(String key, long dataStart, long fileLength) {
      Integer elementBytes = ELEMENT_BYTES.get(String.valueOf(type));
      if (elementBytes == null) {
        throw new InvalidInputException(
            "%s: %s has the element type '%s', which is not supported"
                .formatted(source, name, Printable.line(type)));
      }
      if (sizes == null || offsets == null || offsets.size() != 2) {
        throw incomplete();
      }
      long[] shape = new long[sizes.size()];
      long bytes = elementBytes;
      for (int i = 0; i < shape.length; i++) {
        shape[i] = sizes.get(i);
        if (shape[i] < 0 || shape[i] > Integer.MAX_VALUE) {
          throw new InvalidInputException(source + ": " + name + " has the shape " + sizes);
        }
        bytes = Math.min(bytes * shape[i], Long.MAX_VALUE / Integer.MAX_VALUE);
      }
      long start = offsets.get(0);
      long end = offsets.get(1);
      if (start < 0 || end < start || end - start != bytes || bytes > Integer.MAX_VALUE - 8) {
        throw new InvalidInputException(
            source + ": " + name + " of shape " + sizes + " does not fit its bytes " + offsets);
      }
      if (end > fileLength - dataStart) {
        throw new InvalidInputException(
            source
                + " is truncated: "
                + name
                + " ends at byte "
                + (dataStart + end)
                + ", the file has "
                + fileLength
                + "; copy it again");
      }
      return new Entry(key, type, new Shape(shape), dataStart + start, (int) bytes);
    }
  }
}
