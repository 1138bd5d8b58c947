package io.videottt.model.checkpoint;

import io.videottt.base.InvalidInputException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.PickleException;

/**
 * The closed list of what a checkpoint's pickle may name: tensors, arrays and plain containers.
 * Each becomes a description of itself; none copies what it is given, so that a pickle cannot
 * multiply its size by calling them.
 */
final class PickledObjects {

  private static final Set<String> LATIN1 = Set.of("latin1", "latin-1", "latin_1", "iso-8859-1");

  private static final int MOST_DIMENSIONS = 64;
  private static final int LONGEST_NAME = 200;

  /** What stands for a value that no tensor is made of. */
  private static final Object NOTHING = new Object();

  /** A text too long for anything but the bytes that it stands for. */
  record LongText(StoredBytes utf8) {}

  private final Map<String, Object> known = new HashMap<>();

  /**
   * @param endianness of torch's tensors
   * @param storages reads torch's storages that were pickled as bytes
   */
  PickledObjects(ByteOrder endianness, Function<StoredBytes, PickledStorage> storages) {
    containers();
    numpy();
    torch(endianness, storages);
  }

  /**
   * What stands for a name.
   *
   * @return an {@link IObjectConstructor} where the name is called, null where it is not on the
   *     list
   */
  Object find(String module, String name) {
    return known.get(module + "." + name);
  }

  /** How many entries a call goes through, to be counted as work. */
  static int entries(Object[] arguments) {
    return arguments.length > 0 && arguments[0] instanceof List<?> list ? list.size() : 0;
  }

  /**
   * Gives an object its state.
   *
   * @return whether it is one that may have a state
   */
  static boolean build(Object object, Object state) {
    if (object instanceof PickledArray array) {
      // (version, shape, dtype, Fortran's order, data)
      Object[] parts = (Object[]) state;
      array.fill(
          sizes(parts[1]), (PickledArrayType) parts[2], (Boolean) parts[3], bytesOrNull(parts[4]));
      return true;
    }
    if (object instanceof PickledArrayType type) {
      // (version, byte order, ...)
      type.order((String) ((Object[]) state)[1]);
      return true;
    }
    // Attributes of a dictionary or a tensor, such as the versions of the modules in a state dict.
    return object instanceof Map || object instanceof PickledTensor;
  }

  private void containers() {
    known.put("collections.OrderedDict", constructor(PickledObjects::dictionary));
    known.put("collections.defaultdict", constructor(arguments -> new LinkedHashMap<>()));
    known.put(
        "collections.Counter", constructor(arguments -> first(arguments, new LinkedHashMap<>())));
    for (String module : List.of("builtins.", "__builtin__.")) {
      for (String name : List.of("list", "set", "frozenset", "tuple", "dict")) {
        known.put(module + name, constructor(arguments -> first(arguments, List.of())));
      }
      known.put(module + "bytearray", constructor(PickledObjects::bytes));
      known.put(module + "bytes", constructor(PickledObjects::bytes));
      known.put(module + "complex", constructor(arguments -> NOTHING));
    }
    known.put("_codecs.encode", constructor(PickledObjects::bytes));
  }

  private void numpy() {
    known.put("numpy.ndarray", NOTHING);
    known.put("numpy.dtype", constructor(arguments -> new PickledArrayType((String) arguments[0])));
    for (String core : List.of("numpy.core.", "numpy._core.")) {
      known.put(core + "multiarray._reconstruct", constructor(arguments -> new PickledArray()));
      known.put(core + "multiarray.scalar", constructor(arguments -> NOTHING));
      known.put(core + "numeric._frombuffer", constructor(PickledObjects::fromBuffer));
    }
  }

  private void torch(ByteOrder endianness, Function<StoredBytes, PickledStorage> storages) {
    ElementType.torch().forEach((name, type) -> known.put("torch." + name + "Storage", type));
    for (String type :
        List.of("float64", "float32", "float16", "bfloat16", "int64", "int32", "uint8", "bool")) {
      known.put("torch." + type, NOTHING);
    }
    known.put("torch.Size", constructor(arguments -> arguments[0]));
    known.put("torch.device", constructor(arguments -> NOTHING));
    for (String name : List.of("_rebuild_tensor", "_rebuild_tensor_v2")) {
      known.put(
          "torch._utils." + name, constructor(arguments -> rebuildTensor(arguments, endianness)));
    }
    known.put("torch._utils._rebuild_parameter", constructor(arguments -> arguments[0]));
    known.put(
        "torch.storage._load_from_bytes",
        constructor(arguments -> storages.apply((StoredBytes) arguments[0])));
  }

  private static Object dictionary(Object[] arguments) {
    if (arguments.length == 0) {
      return new LinkedHashMap<>();
    }
    if (!(arguments[0] instanceof List<?> pairs)) {
      return arguments[0];
    }
    Map<Object, Object> dictionary = new LinkedHashMap<>();
    for (Object pair : pairs) {
      List<?> entry = pair instanceof Object[] tuple ? Arrays.asList(tuple) : (List<?>) pair;
      dictionary.put(key(entry.get(0)), entry.get(1));
    }
    return dictionary;
  }

  /**
   * An object that may be a key or an element of a set: a number, a text, or a tuple, which is
   * equal to itself alone. The hash of anything else could take for ever.
   */
  static Object key(Object object) {
    if (object == null
        || object instanceof String
        || object instanceof Number
        || object instanceof Boolean
        || object instanceof Object[]) {
      return object;
    }
    throw new PickleException("a dictionary has a key that is no text, number or tuple");
  }

  /** bytes(), bytes(values), bytes(text, encoding); encode(text, encoding). */
  private static Object bytes(Object[] arguments) {
    if (arguments.length == 0) {
      return new StoredBytes.InText("");
    }
    if (arguments.length > 1) {
      String encoding = ((String) arguments[1]).toLowerCase(Locale.ROOT);
      if (!LATIN1.contains(encoding)) {
        throw new PickleException("bytes are encoded as " + encoding);
      }
      if (arguments[0] instanceof LongText text) {
        return new StoredBytes.Latin1(text.utf8());
      }
    }
    StoredBytes bytes = bytesOrNull(arguments[0]);
    if (bytes == null) {
      throw new PickleException("bytes are made of something else than bytes or text");
    }
    return bytes;
  }

  /** Bytes, or a text of bytes as Python 2 has it; null for anything else. */
  private static StoredBytes bytesOrNull(Object object) {
    if (object instanceof String text) {
      return new StoredBytes.InText(text);
    }
    return object instanceof StoredBytes bytes ? bytes : null;
  }

  /** (buffer, dtype, shape, order), which protocol 5 uses. */
  private static Object fromBuffer(Object[] arguments) {
    PickledArray array = new PickledArray();
    array.fill(
        sizes(arguments[2]),
        (PickledArrayType) arguments[1],
        "F".equals(arguments[3]),
        bytesOrNull(arguments[0]));
    return array;
  }

  /** (storage, offset, size, stride, ...). */
  private static Object rebuildTensor(Object[] arguments, ByteOrder endianness) {
    return new PickledTensor.OfTorch(
        (PickledStorage) arguments[0],
        sizes(arguments[2]),
        new StoredTensor.Order(sizes(arguments[3]), ((Number) arguments[1]).longValue()),
        endianness);
  }

  private static long[] sizes(Object tuple) {
    Object[] sizes = (Object[]) tuple;
    if (sizes.length > MOST_DIMENSIONS) {
      throw new PickleException("a tensor has %d dimensions".formatted(sizes.length));
    }
    return Arrays.stream(sizes).mapToLong(PickledObjects::size).toArray();
  }

  private static long size(Object number) {
    if (number instanceof Integer || number instanceof Long) {
      return ((Number) number).longValue();
    }
    throw new PickleException("a size is no whole number");
  }

  private static Object first(Object[] arguments, Object otherwise) {
    return arguments.length == 0 ? otherwise : arguments[0];
  }

  private static IObjectConstructor constructor(IObjectConstructor constructor) {
    return constructor;
  }

  /** What is said of a name that is not on the list. */
  static InvalidInputException refused(String source, String module, String name) {
    String full = (module + "." + name).replaceAll("[^\\w.]", "?");
    return new InvalidInputException(
        ("%s: its pickle names %s, which is no tensor, array or plain container; nothing of it was"
                + " run\nwhere you trust the file, save its weights alone:"
                + " torch.save({\"model\": model.state_dict()}, FILE)")
            .formatted(
                source,
                full.length() > LONGEST_NAME ? full.substring(0, LONGEST_NAME) + "..." : full));
  }
}
