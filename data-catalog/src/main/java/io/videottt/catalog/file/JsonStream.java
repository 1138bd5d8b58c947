package io.videottt.catalog.file;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.videottt.base.FailureReason;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Printable;
import io.videottt.io.storage.FileSystems;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Walks through a JSON file token by token, so that a file of hundreds of megabytes takes no more
 * memory than what is kept of it. A method reads the value at the current token and stops at that
 * value's last token. Every message names the file and the place.
 */
public final class JsonStream implements AutoCloseable {

  private static final long LARGEST_FILE_BYTES = 4L << 30;
  private static final int LONGEST_TEXT = 1 << 24;
  private static final int DEEPEST_NESTING = 64;
  private static final int LONGEST_NUMBER = 100;
  private static final int LONGEST_LABEL = 4096;
  private static final int LONGEST_VALUE_SHOWN = 40;

  /** NaN is no JSON, but Python writes it: read here, refused by name where it does harm. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(LONGEST_TEXT)
                  .maxNestingDepth(DEEPEST_NESTING)
                  .maxNumberLength(LONGEST_NUMBER)
                  .build())
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          // A table of all keys ever seen would hold those of a hostile file for good.
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  private static final String LONG = "an integer from -2^63 to 2^63 - 1";

  private final String file;
  private final JsonParser parser;

  private JsonStream(String file, JsonParser parser) {
    this.file = file;
    this.parser = parser;
  }

  /** Reads one member of an object. */
  public interface MemberReader {

    /**
     * @param name the member's key; the current token is the first of its value
     * @return whether the value was read; otherwise it is passed over
     */
    boolean read(String name);
  }

  /** Opens a file; the current token is its first. */
  public static JsonStream open(Path path, Configuration hadoop) {
    try {
      FileSystem files = FileSystems.of(path, hadoop);
      FileStatus status = files.getFileStatus(path);
      if (status.isDirectory()) {
        throw new InvalidInputException("%s: is a folder, expected a JSON file".formatted(path));
      }
      if (status.getLen() > LARGEST_FILE_BYTES) {
        throw new InvalidInputException(
            "%s: %d bytes, at most %d are read; split the file"
                .formatted(path, status.getLen(), LARGEST_FILE_BYTES));
      }
      JsonStream stream =
          new JsonStream(
              path.toString(), FACTORY.createParser((java.io.InputStream) files.open(path)));
      if (stream.next() == null) {
        throw new InvalidInputException("%s: the file is empty, expected JSON".formatted(path));
      }
      return stream;
    } catch (FileNotFoundException e) {
      throw new InvalidInputException("%s: no such file".formatted(path), e);
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s: cannot be read: %s".formatted(path, FailureReason.of(e)), e);
    }
  }

  public boolean atObject() {
    return parser.currentToken() == JsonToken.START_OBJECT;
  }

  public boolean atList() {
    return parser.currentToken() == JsonToken.START_ARRAY;
  }

  /**
   * Reads an object; members that the reader does not want are passed over. A member without value,
   * as Python writes what it does not know, is one that is not there. Of what is read, nothing may
   * stand twice: which of them counts, readers do not agree on.
   */
  public void object(String what, MemberReader reader) {
    require(atObject(), what, "an object");
    List<String> read = new ArrayList<>(8);
    while (next() != JsonToken.END_OBJECT) {
      String name = name();
      if (next() == JsonToken.VALUE_NULL) {
        continue;
      }
      if (read.contains(name)) {
        throw failure("%s has two members %s".formatted(what, name));
      }
      if (reader.read(name)) {
        read.add(name);
      } else {
        skip();
      }
    }
  }

  /** Reads a list; {@code element} reads the value at the current token. */
  public void list(String what, Runnable element) {
    require(atList(), what, "a list");
    while (next() != JsonToken.END_ARRAY) {
      element.run();
    }
  }

  /** Reads an integer; a decimal number without fraction will do, as Python may write it. */
  public long integer(String what) {
    try {
      if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
        require(parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER, what, LONG);
        return parser.getLongValue();
      }
    } catch (IOException e) {
      throw malformed(e);
    }
    double number = number(what);
    require(Math.rint(number) == number && Math.abs(number) < 1L << 53, what, "an integer");
    return (long) number;
  }

  public double number(String what) {
    JsonToken token = parser.currentToken();
    require(token != null && token.isNumeric(), what, "a number");
    try {
      return parser.getDoubleValue();
    } catch (IOException e) {
      throw malformed(e);
    }
  }

  /** Reads a flag: true, false, 1 or 0. */
  public boolean flag(String what) {
    JsonToken token = parser.currentToken();
    if (token != null && token.isBoolean()) {
      return token == JsonToken.VALUE_TRUE;
    }
    double number = number(what);
    require(number == 0 || number == 1, what, "0 or 1");
    return number == 1;
  }

  public String text(String what) {
    require(parser.currentToken() == JsonToken.VALUE_STRING, what, "a text");
    return currentText();
  }

  /** Reads a text that messages repeat: of one line, and not endless. */
  public String label(String what) {
    String text = text(what);
    if (text.length() > LONGEST_LABEL || text.chars().anyMatch(Character::isISOControl)) {
      throw failure(
          "%s is %s, expected at most %d characters and no control characters"
              .formatted(what, shown(), LONGEST_LABEL));
    }
    return text;
  }

  /** Reads the name of something: an integer or a text. */
  public String identifier(String what) {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return label(what);
    }
    require(parser.currentToken() != null, what, "an integer or a text");
    return Long.toString(integer(what));
  }

  /** Reads a list of numbers. */
  public double[] numbers(String what, int most) {
    require(atList(), what, "a list of numbers");
    double[] numbers = new double[16];
    int size = 0;
    while (next() != JsonToken.END_ARRAY) {
      double number = number(what);
      if (size == most) {
        throw failure("%s has more than %d numbers".formatted(what, most));
      }
      if (size == numbers.length) {
        numbers = Arrays.copyOf(numbers, 2 * size);
      }
      numbers[size++] = number;
    }
    return Arrays.copyOf(numbers, size);
  }

  /** Checks that nothing follows the file's value. */
  public void requireEnd() {
    if (next() != null) {
      throw failure("something follows the end of the JSON value");
    }
  }

  /** Moves to the next token; null at the end of the file. */
  JsonToken next() {
    try {
      return parser.nextToken();
    } catch (IOException | IllegalStateException e) {
      // The parser's guard against colliding keys is an IllegalStateException.
      throw malformed(e);
    }
  }

  private void skip() {
    try {
      parser.skipChildren();
    } catch (IOException | IllegalStateException e) {
      throw malformed(e);
    }
  }

  private String name() {
    try {
      return parser.currentName();
    } catch (IOException e) {
      throw malformed(e);
    }
  }

  private String currentText() {
    try {
      return parser.getText();
    } catch (IOException e) {
      throw malformed(e);
    }
  }

  private void require(boolean right, String what, String expected) {
    if (!right) {
      throw failure("%s is %s, expected %s".formatted(what, shown(), expected));
    }
  }

  private String shown() {
    JsonToken token = parser.currentToken();
    if (token == null) {
      return "missing";
    }
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "a list";
      case VALUE_STRING -> "\"" + shortened(currentText()) + "\"";
      default -> shortened(currentText());
    };
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_VALUE_SHOWN
        ? Printable.line(text)
        : Printable.line(text.substring(0, LONGEST_VALUE_SHOWN)) + "...";
  }

  /** An error at the current place. */
  public InvalidInputException failure(String message) {
    return new InvalidInputException("%s: %s: %s".formatted(file, place(), message));
  }

  private String place() {
    JsonLocation location = parser.currentTokenLocation();
    return "line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
  }

  private InvalidInputException malformed(Exception e) {
    if (e instanceof StreamConstraintsException) {
      return new InvalidInputException(
          "%s: not valid JSON (%s): nested more than %d deep, or a number of more than %d digits or a text of more than %d characters"
              .formatted(file, here(), DEEPEST_NESTING, LONGEST_NUMBER, LONGEST_TEXT),
          e);
    }
    boolean syntax = e instanceof JacksonException || e instanceof IllegalStateException;
    if (!syntax) {
      return new InvalidInputException(
          "%s: cannot be read: %s".formatted(file, FailureReason.of(e)), e);
    }
    String message = e instanceof JacksonException json ? json.getOriginalMessage() : null;
    String reason = message == null ? "a key is too long or too odd" : message;
    return new InvalidInputException(
        "%s: not valid JSON (%s): %s".formatted(file, here(), FailureReason.ofJson(reason)), e);
  }

  private String here() {
    JsonLocation location = parser.currentLocation();
    return "line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
  }

  @Override
  public void close() {
    try {
      parser.close();
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s: cannot be closed: %s".formatted(file, FailureReason.of(e)), e);
    }
  }
}
