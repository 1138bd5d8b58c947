package io.videottt.io.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Printable;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Reads one YAML document into a tree, by one rule for what a word is, wherever it stands: a number
 * is written in decimal digits (12, -0.5, 1e-3), a truth value as true or false, no value as null,
 * ~ or nothing, and everything else is text as written: 0001, 1_0, 0x1F, on, 2024-01-01. Numbers
 * and truth values keep their words, for the keys that want a text. Anchors, aliases and tags are
 * refused, so that what is read is no larger than what is written; depth is bounded.
 */
final class YamlTree {

  /** Deepest nesting of lists and keys. */
  static final int DEEPEST = 64;

  private static final int LONGEST_NUMBER = 100;
  private static final int INT_DIGITS = 9;
  private static final int LONG_DIGITS = 18;
  private static final String TEXT_TAG = "tag:yaml.org,2002:str";

  private static final Pattern INTEGER = Pattern.compile("0|-?[1-9][0-9]*");
  private static final Pattern DECIMAL =
      Pattern.compile("-?(?:(?:0|[1-9][0-9]*)(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][-+]?[0-9]+)?");
  private static final Set<String> FLAGS =
      Set.of("true", "True", "TRUE", "false", "False", "FALSE");
  private static final Set<String> NO_VALUE = Set.of("", "~", "null", "Null", "NULL");

  private final String source;
  private final boolean tagged;
  private final Iterator<Event> events;

  private YamlTree(String text, String source, boolean tagged) {
    this.source = source;
    this.tagged = tagged;
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(Integer.MAX_VALUE);
    events = new Yaml(options).parse(new java.io.StringReader(text)).iterator();
  }

  /**
   * Reads a text of bounded length.
   *
   * @param source file name for messages
   * @param tagged whether tags are passed over instead of refused
   * @throws InvalidInputException naming line and reason
   */
  static JsonNode read(String text, String source, boolean tagged) {
    requirePrintable(text, source);
    try {
      return new YamlTree(text, source, tagged).document();
    } catch (MarkedYAMLException e) {
      throw invalid(e, source);
    } catch (YAMLException e) {
      String reason = e.getMessage() == null ? "" : e.getMessage().lines().findFirst().orElse("");
      throw new InvalidInputException(
          "%s: not valid YAML: %s".formatted(source, Printable.line(reason)), e);
    }
  }

  private static void requirePrintable(String text, String source) {
    long line = 1;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (!StreamReader.isPrintable(c)) {
        throw new InvalidInputException(
            "%s: line %d: holds the character %s, which YAML does not allow"
                .formatted(source, line, Printable.line(Character.toString(c))));
      }
      line += c == '\n' ? 1 : 0;
      i += Character.charCount(c);
    }
  }

  private static InvalidInputException invalid(MarkedYAMLException e, String source) {
    Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
    String problem = e.getProblem() == null ? "cannot be read" : e.getProblem();
    String reason = problem.contains("\\t(TAB)") ? "found a tab where spaces are needed" : problem;
    boolean elsewhere =
        mark != null
            && e.getContextMark() != null
            && e.getContext() != null
            && e.getContextMark().getLine() != mark.getLine();
    return new InvalidInputException(
        "%s: not valid YAML%s: %s%s"
            .formatted(
                source,
                mark == null ? "" : ", line %d".formatted(mark.getLine() + 1),
                Printable.line(reason),
                elsewhere
                    ? " (%s, from line %d on)"
                        .formatted(Printable.line(e.getContext()), e.getContextMark().getLine() + 1)
                    : ""),
        e);
  }

  private JsonNode document() {
    events.next();
    Event first = events.next();
    if (first.is(Event.ID.StreamEnd)) {
      throw new InvalidInputException(source + ": the file is empty");
    }
    JsonNode tree = node(events.next(), 1);
    if (tree.isNull()) {
      throw new InvalidInputException(source + ": the file is empty");
    }
    events.next();
    Event end = events.next();
    if (!end.is(Event.ID.StreamEnd)) {
      throw failure(end, "a second document begins here; a file holds one");
    }
    return tree;
  }

  private JsonNode node(Event event, int depth) {
    if (depth > DEEPEST) {
      throw failure(event, "nested more than %d deep".formatted(DEEPEST));
    }
    if (event instanceof AliasEvent
        || event instanceof NodeEvent node && node.getAnchor() != null) {
      throw failure(event, "anchors and aliases (&, *) are not read; write the value out");
    }
    if (event instanceof MappingStartEvent mapping) {
      requireNoTag(event, mapping.getTag());
      return mapping(depth);
    }
    if (event instanceof SequenceStartEvent sequence) {
      requireNoTag(event, sequence.getTag());
      ArrayNode list = JsonNodeFactory.instance.arrayNode();
      for (Event next = events.next(); !next.is(Event.ID.SequenceEnd); next = events.next()) {
        list.add(node(next, depth + 1));
      }
      return list;
    }
    return scalar((ScalarEvent) event);
  }

  private ObjectNode mapping(int depth) {
    ObjectNode keys = JsonNodeFactory.instance.objectNode();
    Map<String, Integer> lines = new HashMap<>();
    for (Event next = events.next(); !next.is(Event.ID.MappingEnd); next = events.next()) {
      JsonNode key = next instanceof ScalarEvent ? node(next, depth + 1) : null;
      String name = next instanceof ScalarEvent written ? written.getValue() : null;
      if (key == null || name.isEmpty()) {
        throw failure(next, "a key must be a word");
      }
      Integer before = lines.putIfAbsent(name, line(next));
      if (before != null) {
        throw failure(
            next,
            "the key '%s' stands twice, first in line %d; leave one out"
                .formatted(Printable.line(name), before));
      }
      keys.set(name, node(events.next(), depth + 1));
    }
    return keys;
  }

  private JsonNode scalar(ScalarEvent event) {
    String word = event.getValue();
    if (TEXT_TAG.equals(event.getTag()) || !event.isPlain() && (event.getTag() == null || tagged)) {
      return TextNode.valueOf(word);
    }
    requireNoTag(event, event.getTag());
    if (NO_VALUE.contains(word)) {
      return NullNode.getInstance();
    }
    if (FLAGS.contains(word)) {
      return new WrittenFlag(word);
    }
    // Text is what this mostly is; the patterns look at words that may be a number only.
    char start = word.charAt(0);
    if (start != '-' && start != '.' && (start < '0' || start > '9')) {
      return TextNode.valueOf(word);
    }
    if (word.length() > LONGEST_NUMBER) {
      if (word.chars().allMatch(c -> "0123456789.eE+-".indexOf(c) >= 0)) {
        throw failure(
            event,
            "a number of %d digits; a name of digits goes in quotes".formatted(word.length()));
      }
      return TextNode.valueOf(word);
    }
    boolean integer = INTEGER.matcher(word).matches();
    if (!integer && !DECIMAL.matcher(word).matches()) {
      return TextNode.valueOf(word);
    }
    if (!integer) {
      return new WrittenNumber(word);
    }
    int digits = word.startsWith("-") ? word.length() - 1 : word.length();
    return digits <= INT_DIGITS
        ? IntNode.valueOf(Integer.parseInt(word))
        : digits <= LONG_DIGITS
            ? LongNode.valueOf(Long.parseLong(word))
            : large(new BigInteger(word));
  }

  private static JsonNode large(BigInteger number) {
    return number.bitLength() < Long.SIZE
        ? LongNode.valueOf(number.longValueExact())
        : BigIntegerNode.valueOf(number);
  }

  private void requireNoTag(Event event, String tag) {
    if (tag != null && !tagged) {
      throw failure(event, "tags (%s) are not read; leave it out".formatted(Printable.line(tag)));
    }
  }

  private static int line(Event event) {
    return event.getStartMark().getLine() + 1;
  }

  private InvalidInputException failure(Event event, String reason) {
    return new InvalidInputException("%s: line %d: %s".formatted(source, line(event), reason));
  }
}
