using System.Reflection;
using System.Reflection.Emit;
using PerfMarketing.Payouts;

namespace PerfMarketing.Testing;

/// <summary>
/// What the code of an integrator's model calls that gives another answer another day: in its own methods, and in
/// methods of its assembly that they call.
/// </summary>
internal static class ForeignCalls
{
    private const int MethodMax = 5_000;
    private const int TwoBytes = 0xFE;

    private const BindingFlags Own = BindingFlags.DeclaredOnly | BindingFlags.Static | BindingFlags.Instance
        | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly HashSet<string> Types = new(StringComparer.Ordinal)
    {
        "System.TimeProvider", "System.Random", "System.Diagnostics.Stopwatch", "System.IO.File", "System.IO.FileInfo",
        "System.Net.Http.HttpClient", "System.Security.Cryptography.RandomNumberGenerator", "NodaTime.SystemClock",
        "NodaTime.IClock",
    };

    private static readonly HashSet<string> Members = new(StringComparer.Ordinal)
    {
        "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today",
        "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow", "System.Guid.NewGuid",
        "System.Guid.CreateVersion7", "System.Environment.get_TickCount", "System.Environment.get_TickCount64",
        "System.Environment.GetEnvironmentVariable", "System.Environment.GetEnvironmentVariables",
        "System.Environment.get_MachineName", "System.TimeZoneInfo.get_Local",
    };

    private static readonly Dictionary<int, OpCode> Codes = typeof(OpCodes).GetFields()
        .Select(static f => f.GetValue(null)).OfType<OpCode>().ToDictionary(static c => c.Value & 0xFFFF);

    public static IEnumerable<string> Of(PayoutModel model)
    {
        HashSet<MethodBase> known = [];
        Queue<MethodBase> open = new(TypesOf(model).SelectMany(MethodsOf));
        SortedSet<string> found = new(StringComparer.Ordinal);
        while (open.TryDequeue(out MethodBase? method) && known.Count < MethodMax)
        {
            foreach (MethodBase called in known.Add(method) ? CallsOf(method) : [])
            {
                string type = called.DeclaringType?.FullName ?? string.Empty;
                if (Types.Contains(type) || Members.Contains($"{type}.{called.Name}"))
                {
                    string name = called.Name.Replace("get_", null, StringComparison.Ordinal);
                    found.Add($"{called.DeclaringType!.Name}.{name}");
                }
                else if (called.Module.Assembly == method.Module.Assembly)
                {
                    open.Enqueue(called);
                }
            }
        }

        return found;
    }

    private static IEnumerable<Type> TypesOf(PayoutModel model)
    {
        Type? type = model.GetType();
        for (; type is not null && type != typeof(object) && type.Assembly != typeof(PayoutModel).Assembly;
            type = type.BaseType)
        {
            yield return type;
            foreach (Type inside in type.GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic))
            {
                yield return inside;
            }
        }
    }

    private static IEnumerable<MethodBase> MethodsOf(Type type) =>
        [.. type.GetMethods(Own), .. type.GetConstructors(Own)];

    private static IEnumerable<MethodBase> CallsOf(MethodBase method)
    {
        byte[] code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        int at = 0;
        while (at < code.Length)
        {
            int value = code[at] == TwoBytes ? (TwoBytes << 8) | code[at + 1] : code[at];
            OpCode instruction = Codes[value];
            at += instruction.Size;
            if (instruction.OperandType is OperandType.InlineMethod or OperandType.InlineTok
                && Resolve(method, BitConverter.ToInt32(code, at)) is { } called)
            {
                yield return called;
            }

            at += SizeOf(instruction.OperandType, code, at);
        }
    }

    private static int SizeOf(OperandType operand, byte[] code, int at) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
        _ => 4,
    };

    private static MethodBase? Resolve(MethodBase method, int token)
    {
        try
        {
            Type[]? ofType = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null;
            Type[]? ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
            return method.Module.ResolveMember(token, ofType, ofMethod) as MethodBase;
        }
        catch (Exception thrown) when (thrown is ArgumentException or BadImageFormatException or TypeLoadException
            or FileNotFoundException or MissingMemberException)
        {
            return null;
        }
    }
}
