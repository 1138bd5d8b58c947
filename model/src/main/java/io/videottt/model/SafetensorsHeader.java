package io.videottt.model;

import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.videottt.metrics.InvalidInputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** The table of contents of a safetensors file, checked against the file's length. */
public final class SafetensorsHeader {

  /** Largest accepted table of contents, in bytes; the format's own limit. */
  static final long LARGEST_HEADER = 100_000_000;

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
    JsonNode table;
    try {
      table = new ObjectMapper().readTree(json);
    } catch (IOException e) {
      throw new InvalidInputException(
          source + " is no safetensors file: its table of contents is not JSON", e);
    }
    if (table == null || !table.isObject()) {
      throw new InvalidInputException(
          source + " is no safetensors file: its table of contents is no JSON object");
    }
    List<Entry> entries = new ArrayList<>();
    for (Iterator<Map.Entry<String, JsonNode>> it = table.fields(); it.hasNext(); ) {
      Map.Entry<String, JsonNode> field = it.next();
      if (!field.getKey().equals("__metadata__")) {
        entries.add(entry(field.getKey(), field.getValue(), dataStart, fileLength, source));
      }
    }
    return entries;
  }

  private static Entry entry(
      String name, JsonNode node, long dataStart, long fileLength, String source) {
    String type = node.path("dtype").asText();
    Integer elementBytes = ELEMENT_BYTES.get(type);
    if (elementBytes == null) {
      throw new InvalidInputException(
          source + ": " + name + " has the element type '" + type + "', which is not supported");
    }
    JsonNode sizes = node.path("shape");
    JsonNode offsets = node.path("data_offsets");
    if (!sizes.isArray() || sizes.size() > LARGEST_RANK || offsets.size() != 2) {
      throw new InvalidInputException(
          source + ": the entry of " + name + " has no shape or no data_offsets");
    }
    long[] shape = new long[sizes.size()];
    long bytes = elementBytes;
    for (int i = 0; i < shape.length; i++) {
      shape[i] = sizes.get(i).asLong(-1);
      if (shape[i] < 0 || shape[i] > Integer.MAX_VALUE) {
        throw new InvalidInputException(source + ": " + name + " has the shape " + sizes);
      }
      bytes = Math.min(bytes * shape[i], Long.MAX_VALUE / Integer.MAX_VALUE);
    }
    long start = offsets.get(0).asLong(-1);
    long end = offsets.get(1).asLong(-1);
    if (start < 0 || end - start != bytes || bytes > Integer.MAX_VALUE - 8) {
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
    return new Entry(name, type, new Shape(shape), dataStart + start, (int) bytes);
  }
}
