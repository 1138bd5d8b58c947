package io.videottt.catalog.definition;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DatabindContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.jsontype.impl.TypeIdResolverBase;
import io.videottt.base.Extensions;
import java.util.List;

/** Which layout the {@code type} of a catalogue file means. */
final class LayoutTypes extends TypeIdResolverBase {

  static final Extensions<Layout> KNOWN =
      new Extensions<>(Layout.class, "layout", Layout::type, List.of());

  @Override
  public JavaType typeFromId(DatabindContext context, String type) {
    Layout layout = KNOWN.byName().get(type);
    return layout == null ? null : context.constructType(layout.getClass());
  }

  @Override
  public String idFromValue(Object layout) {
    return ((Layout) layout).type();
  }

  @Override
  public String idFromValueAndType(Object layout, Class<?> type) {
    return idFromValue(layout);
  }

  /** In the form in which Jackson lists types of its own. */
  @Override
  public String getDescForKnownTypeIds() {
    return List.copyOf(KNOWN.byName().keySet()).toString();
  }

  @Override
  public JsonTypeInfo.Id getMechanism() {
    return JsonTypeInfo.Id.CUSTOM;
  }
}
