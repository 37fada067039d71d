using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;

namespace PerfMarketing.Testing;

/// <summary>What an integrator's model holds in its fields, static ones too, as a text that can be compared.</summary>
internal static class ModelMemory
{
    private const BindingFlags Own = BindingFlags.DeclaredOnly | BindingFlags.Static | BindingFlags.Instance
        | BindingFlags.Public | BindingFlags.NonPublic;

    private const int DepthMax = 4;

    public static string Of(PayoutModel model)
    {
        List<string> held = [];
        for (Type? type = model.GetType(); IsForeign(type); type = type!.BaseType)
        {
            foreach (Type part in type!.GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic).Prepend(type))
            {
                held.AddRange(FieldsOf(part, part == type ? model : null));
            }
        }

        return string.Join("; ", held);
    }

    // The library's own models keep nothing; the compiler's own types keep lambdas.
    private static bool IsForeign(Type? type) => type is not null && type.Assembly != typeof(PayoutModel).Assembly
        && type != typeof(object);

    private static IEnumerable<string> FieldsOf(Type type, object? instance)
    {
        bool isMade = type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false);
        return isMade || type.ContainsGenericParameters ? [] : type.GetFields(Own)
            .Where(f => !f.IsLiteral && (f.IsStatic || instance is not null))
            .Select(f => $"{f.Name} = {Text(f.GetValue(instance), 0)}");
    }

    private static string Text(object? value, int depth) => value switch
    {
        null => "null",
        string text => text,
        ITerms terms => TermJson.Write(terms),
        Delegate or Type => "code",
        IFormattable plain => plain.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable items when depth < DepthMax => Items(items, depth),
        _ when depth < DepthMax && IsForeign(value.GetType()) => Inside(value, depth),
        _ => value.ToString() ?? string.Empty,
    };

    private static string Items(IEnumerable items, int depth)
    {
        string[] texts = [.. items.Cast<object?>().Select(item => Text(item, depth + 1))];
        return string.Create(CultureInfo.InvariantCulture, $"{texts.Length} of [{string.Join(", ", texts)}]");
    }

    private static string Inside(object value, int depth)
    {
        IEnumerable<string> fields = value.GetType().Namespace?.StartsWith("System", StringComparison.Ordinal) is true
            ? [value.ToString() ?? string.Empty]
            : value.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                .Select(f => $"{f.Name} = {Text(f.GetValue(value), depth + 1)}");
        return $"{{{string.Join(", ", fields)}}}";
    }
}
