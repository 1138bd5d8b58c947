package io.videottt.io.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Printable;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Why a value does not fit the record that it is read into, in words of its file's writer. */
public final class MappingProblem {

  private static final Pattern KNOWN_TYPES = Pattern.compile("known type ids = \\[([^]]*)]");

  private MappingProblem() {}

  /** The keys from the root to the problem, for example {@code classes[3].colour}. */
  public static String place(JsonMappingException problem) {
    StringBuilder place = new StringBuilder();
    for (JsonMappingException.Reference reference : problem.getPath()) {
      if (reference.getFieldName() == null) {
        place.append('[').append(reference.getIndex()).append(']');
      } else {
        place.append(place.isEmpty() ? "" : ".").append(reference.getFieldName());
      }
    }
    return Printable.line(place.toString());
  }

  /** What is wrong there: the record's own complaint, or what was found and what is expected. */
  public static String reason(JsonMappingException problem) {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof InvalidInputException input) {
        return input.getMessage();
      }
    }
    if (problem instanceof UnrecognizedPropertyException unknown) {
      return "unknown key '%s'".formatted(Printable.line(unknown.getPropertyName()));
    }
    if (problem instanceof InvalidTypeIdException unknown) {
      Matcher known = KNOWN_TYPES.matcher(String.valueOf(unknown.getOriginalMessage()));
      String types = known.find() ? known.group(1) : "in the documentation";
      return unknown.getTypeId() == null
          ? "type is missing; known are " + types
          : "unknown type '%s'; known are %s".formatted(Printable.line(unknown.getTypeId()), types);
    }
    if (problem instanceof MismatchedInputException wrong && wrong.getTargetType() != null) {
      String found = found(wrong);
      return found == null
          ? "expected " + expected(wrong.getTargetType())
          : "'%s' is not %s".formatted(Printable.line(found), expected(wrong.getTargetType()));
    }
    if (problem instanceof MismatchedInputException wrong && found(wrong) != null) {
      return "'%s' does not fit here".formatted(Printable.line(found(wrong)));
    }
    if (problem.getCause() instanceof InputCoercionException outside) {
      return "'%s' is not %s"
          .formatted(
              Printable.line(String.valueOf(written(outside.getProcessor()))),
              withinRange(outside.getTargetType()));
    }
    return "a value is missing or of the wrong kind";
  }

  /** The scalar that the parser stands at; null where it stands at something else. */
  private static String found(MismatchedInputException wrong) {
    if (wrong instanceof InvalidFormatException format) {
      return String.valueOf(format.getValue());
    }
    return wrong.getProcessor() instanceof JsonParser parser ? written(parser) : null;
  }

  private static String written(JsonParser parser) {
    try {
      return parser != null
              && parser.currentToken() != null
              && parser.currentToken().isScalarValue()
          ? parser.getText()
          : null;
    } catch (IOException e) {
      return null;
    }
  }

  /** A number of the type, which has too few bits for the one that was given. */
  private static String withinRange(Class<?> type) {
    if (type == int.class || type == Integer.class) {
      return "a whole number between %d and %d".formatted(Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
    return type == long.class || type == Long.class
        ? "a whole number between %d and %d".formatted(Long.MIN_VALUE, Long.MAX_VALUE)
        : "%s of the range that is read".formatted(expected(type));
  }

  /** A constant as files write it. */
  private static String written(Enum<?> constant) {
    try {
      JsonProperty name =
          constant.getDeclaringClass().getField(constant.name()).getAnnotation(JsonProperty.class);
      return name == null ? constant.toString().toLowerCase(Locale.ROOT) : name.value();
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("a constant is a field of its enum", e);
    }
  }

  private static String expected(Class<?> type) {
    if (type == null) {
      return "a value that fits";
    }
    if (type.isEnum()) {
      return "one of "
          + Arrays.stream(type.getEnumConstants())
              .map(constant -> written((Enum<?>) constant))
              .collect(Collectors.joining(", "));
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
      return "a whole number (of decimal digits, without quotes)";
    }
    if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
      return "a number (of decimal digits, without quotes)";
    }
    if (type == String.class) {
      return "a text";
    }
    if (type.isArray() || Collection.class.isAssignableFrom(type)) {
      return "a list";
    }
    return type.isRecord() || type.isInterface() || Map.class.isAssignableFrom(type)
        ? "keys and values"
        : "a value that fits";
  }
}
