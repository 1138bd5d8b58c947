package io.videottt.catalog.definition;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import java.io.IOException;
import java.util.List;

/** Reads the classes of a data set: one by one, or the name of a list of {@link NamedClasses}. */
final class ClassesReader extends JsonDeserializer<List<ClassDefinition>> {

  @Override
  public List<ClassDefinition> deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return NamedClasses.of(parser.getText());
    }
    return context.readValue(
        parser,
        context.getTypeFactory().constructCollectionType(List.class, ClassDefinition.class));
  }
}
