using System.Globalization;
using System.Reflection;

namespace PerfMarketing.Tests.Architecture;

/// <summary>Types as C# writes them, with their nullability.</summary>
internal static class TypeText
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(char)] = "char",
        [typeof(decimal)] = "decimal",
        [typeof(double)] = "double",
        [typeof(float)] = "float",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(object)] = "object",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(string)] = "string",
        [typeof(uint)] = "uint",
        [typeof(ulong)] = "ulong",
        [typeof(ushort)] = "ushort",
        [typeof(void)] = "void",
    };

    public static string Of(Type type) => Of(type, null);

    public static string Of(PropertyInfo property) =>
        Of(property.PropertyType, new NullabilityInfoContext().Create(property));

    public static string Of(FieldInfo field) => Of(field.FieldType, new NullabilityInfoContext().Create(field));

    public static string Of(ParameterInfo parameter)
    {
        Type type = parameter.ParameterType;
        string prefix = !type.IsByRef ? string.Empty
            : parameter.IsOut ? "out " : parameter.IsIn ? "in " : parameter.Position < 0 ? "ref readonly " : "ref ";
        return prefix
            + Of(type.IsByRef ? type.GetElementType()! : type, new NullabilityInfoContext().Create(parameter));
    }

    /// <summary>The name without type arguments.</summary>
    public static string Plain(Type type) => type.Name.Split('`')[0];

    public static string Literal(object? value) => value switch
    {
        null => "default",
        string text => $"\"{text}\"",
        char letter => $"'{letter}'",
        bool flag => flag ? "true" : "false",
        Enum constant => $"{constant.GetType().Name}.{constant}",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static string Of(Type type, NullabilityInfo? nullability)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return Of(inner, null) + "?";
        }

        string name = type switch
        {
            { IsByRef: true } => "ref " + Of(type.GetElementType()!, nullability?.ElementType),
            { IsArray: true } => Of(type.GetElementType()!, nullability?.ElementType) + "[]",
            _ => Keywords.GetValueOrDefault(type) ?? Named(type, nullability),
        };
        bool nullable = !type.IsValueType && (nullability?.ReadState == NullabilityState.Nullable
            || nullability?.WriteState == NullabilityState.Nullable);
        return nullable ? name + "?" : name;
    }

    private static string Named(Type type, NullabilityInfo? nullability)
    {
        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        string name = Plain(type);
        Type[] arguments = type.GetGenericArguments();
        int inherited = type.DeclaringType?.GetGenericArguments().Length ?? 0;
        NullabilityInfo[] details = nullability?.GenericTypeArguments ?? [];
        if (arguments.Length > inherited)
        {
            IEnumerable<string> shown = arguments.Skip(inherited)
                .Select((a, i) => Of(a, i + inherited < details.Length ? details[i + inherited] : null));
            name += $"<{string.Join(", ", shown)}>";
        }

        return type.DeclaringType is { } outer ? $"{Plain(outer)}.{name}" : name;
    }
}
