package io.videottt.adaptation.method;

import org.junit.jupiter.params.converter.SimpleArgumentConverter;

/** Gives parameterised tests the methods whose ids they name. */
public final class MethodById extends SimpleArgumentConverter {

  @Override
  protected Object convert(Object source, Class<?> targetType) {
    return Methods.parse((String) source, "a test");
  }
}
