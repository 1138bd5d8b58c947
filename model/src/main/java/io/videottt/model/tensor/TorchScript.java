package io.videottt.model.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A TorchScript module without parameters, assembled here from its source text.
 *
 * <p>The engine's own call runs methods in inference mode, through which no gradient flows; this
 * one runs them in the caller's gradient mode. The profiling executor is switched off: its first
 * calls run another graph than its later ones, and results must not depend on how often a function
 * was called before. Methods may be called from several threads at once.
 */
public final class TorchScript {

  private static final String ARCHIVE = "functions/";
  private static final String CLASS_NAME = "Functions";

  /** Stands in the source for the type that operands are rounded to. */
  private static final String NARROW = "NARROW";

  /** Begins a class in the form that {@code torch.jit.save} writes. */
  private static final String CLASS_HEADER =
      """
      class Functions(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
      """;

  private static final MethodHandle RUN_METHOD;
  private static final MethodHandle NEW_IVALUE;

  static {
    try {
      MethodHandles.Lookup lookup =
          MethodHandles.privateLookupIn(IValue.class, MethodHandles.lookup());
      Class<?> library = lookup.findClass("ai.djl.pytorch.jni.PyTorchLibrary");
      Object instance = lookup.findStaticGetter(library, "LIB", library).invoke();
      RUN_METHOD =
          lookup
              .findVirtual(
                  library,
                  "moduleRunMethod",
                  MethodType.methodType(
                      long.class,
                      long.class,
                      String.class,
                      long[].class,
                      boolean.class,
                      boolean.class))
              .bindTo(instance);
      NEW_IVALUE =
          lookup.findConstructor(IValue.class, MethodType.methodType(void.class, long.class));
    } catch (Throwable e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final String functions;
  private final LinearLayers linearLayers;
  private final Map<Precision, PtSymbolBlock> modules = new ConcurrentHashMap<>();

  /**
   * @param neighbour class that the functions lie beside
   * @param resource file of the functions; the linear layers are added, and all may call each other
   *     through {@code self}
   */
  public TorchScript(Class<?> neighbour, String resource) {
    this(neighbour, resource, LinearLayers.ofMachine());
  }

  /** The same with linear layers computed in a way of choice. */
  TorchScript(Class<?> neighbour, String resource, LinearLayers linearLayers) {
    this.linearLayers = linearLayers;
    this.functions = methods(neighbour, resource);
    modules.put(Precision.FP32, module(Precision.FP32));
  }

  private PtSymbolBlock module(Precision precision) {
    String source = CLASS_HEADER + dense(precision) + functions;
    try (InputStream archive = new ByteArrayInputStream(archive(source))) {
      PtNDManager manager = (PtNDManager) NDManager.newBaseManager("PyTorch");
      return JniUtils.loadModule(manager, archive, false, false);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot assemble the TorchScript functions", e);
    }
  }

  private String dense(Precision precision) {
    return precision == Precision.FP32
        ? linearLayers.source() + ownMethods("single.py")
        : ownMethods("dense_half.py").replace(NARROW, String.valueOf(scalarType(precision)));
  }

  /** Number of a type in TorchScript. */
  private static int scalarType(Precision precision) {
    return precision == Precision.FP16 ? 5 : 15;
  }

  /** The functions in the thread's precision; each is assembled when it is first wanted. */
  private PtSymbolBlock module() {
    return modules.computeIfAbsent(Precision.current(), this::module);
  }

  /** The functions of a resource beside this class. */
  static String ownMethods(String resource) {
    return methods(TorchScript.class, resource);
  }

  /** The functions of a resource, indented as members of a class. */
  private static String methods(Class<?> neighbour, String resource) {
    try (InputStream stream = neighbour.getResourceAsStream(resource)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8).indent(2);
    } catch (IOException e) {
      throw new UncheckedIOException(resource + " is missing from the class path", e);
    }
  }

  /**
   * Calls a method that returns one tensor.
   *
   * @param manager that the result is attached to
   * @param method name of the method
   * @param arguments tensors, lists of tensors, longs, doubles, booleans, arrays of longs and
   *     doubles
   */
  public NDArray call(NDManager manager, String method, Object... arguments) {
    try (IValue result = run(method, arguments)) {
      return result.toTensor((PtNDManager) manager);
    }
  }

  /** Calls a method that returns a list of tensors. */
  public NDList callForList(NDManager manager, String method, Object... arguments) {
    try (IValue result = run(method, arguments)) {
      return result.toNDList((PtNDManager) manager);
    }
  }

  private IValue run(String method, Object... arguments) {
    return run(module(), method, arguments);
  }

  /** Runs a module's method in the thread's gradient mode. */
  static IValue run(PtSymbolBlock module, String method, Object... arguments) {
    JniUtils.setGraphExecutorOptimize(false);
    IValue[] values = new IValue[arguments.length];
    long[] handles = new long[arguments.length];
    try {
      for (int i = 0; i < arguments.length; i++) {
        values[i] = toIValue(arguments[i]);
        handles[i] = values[i].getHandle();
      }
      long result =
          (long) RUN_METHOD.invokeExact((long) module.getHandle(), method, handles, true, false);
      return (IValue) NEW_IVALUE.invokeExact(result);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("TorchScript function " + method, e);
    } finally {
      for (IValue value : values) {
        if (value != null) {
          value.close();
        }
      }
    }
  }

  private static IValue toIValue(Object argument) {
    if (argument instanceof NDArray array) {
      return IValue.from((PtNDArray) array);
    }
    if (argument instanceof Integer number) {
      return IValue.from(number.longValue());
    }
    if (argument instanceof Long number) {
      return IValue.from(number);
    }
    if (argument instanceof Double number) {
      return IValue.from(number);
    }
    if (argument instanceof Boolean flag) {
      return IValue.from(flag);
    }
    if (argument instanceof double[] numbers) {
      return IValue.listFrom(numbers);
    }
    if (argument instanceof long[] numbers) {
      return IValue.listFrom(numbers);
    }
    if (argument instanceof List<?> list) {
      return IValue.listFrom(list.stream().map(PtNDArray.class::cast).toArray(PtNDArray[]::new));
    }
    throw new IllegalArgumentException("no TorchScript value for " + argument);
  }

  private static byte[] archive(String source) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      store(zip, "data.pkl", pickledModule());
      store(zip, "code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
      store(zip, "constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
      store(zip, "version", "3\n".getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  /** The pickle of an instance whose only attribute is the obligatory {@code training} flag. */
  private static byte[] pickledModule() throws IOException {
    ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    pickle.write(new byte[] {(byte) 0x80, 2});
    pickle.write(("c__torch__\n" + CLASS_NAME + "\n").getBytes(StandardCharsets.UTF_8));
    pickle.write(new byte[] {')', (byte) 0x81, '}', '(', 'X', 8, 0, 0, 0});
    pickle.write("training".getBytes(StandardCharsets.UTF_8));
    pickle.write(new byte[] {(byte) 0x88, 'u', 'b', '.'});
    return pickle.toByteArray();
  }

  /** The engine reads the entries in place, so they must not be compressed. */
  private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(content);
    ZipEntry entry = new ZipEntry(ARCHIVE + name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(checksum.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
