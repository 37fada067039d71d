using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace PerfMarketing.Tests.Architecture;

/// <summary>Lists a public type and its members, one a line, nullability included.</summary>
internal static class PublicApiListing
{
    public static void Write(Type type, StringBuilder text, string indent)
    {
        text.Append(indent).Append(Head(type)).Append('\n');
        string inner = indent + "    ";
        IEnumerable<string> members = type.IsEnum
            ? Enum.GetNames(type).Select(name => string.Create(CultureInfo.InvariantCulture,
                $"{name} = {Enum.Format(type, Enum.Parse(type, name), "D")}"))
            : Constants(type).Concat(Constructors(type)).Concat(Properties(type)).Concat(Methods(type));
        foreach (string member in members)
        {
            text.Append(inner).Append(member).Append('\n');
        }

        foreach (Type nested in type.GetNestedTypes(Assemblies.Declared)
            .Where(static t => (t.IsNestedPublic || t.IsNestedFamily) && !Assemblies.IsGenerated(t))
            .OrderBy(static t => t.Name, StringComparer.Ordinal))
        {
            Write(nested, text, inner);
        }
    }

    private static string Head(Type type)
    {
        bool isRecord = Assemblies.IsRecord(type);
        string kind = type switch
        {
            { IsInterface: true } => "interface",
            { IsEnum: true } => "enum",
            { IsValueType: true } => (type.IsDefined(typeof(IsReadOnlyAttribute), false) ? "readonly " : string.Empty)
                + (type.IsByRefLike ? "ref " : string.Empty) + (isRecord ? "record struct" : "struct"),
            _ when typeof(Delegate).IsAssignableFrom(type) => "delegate",
            _ => (type.IsAbstract ? type.IsSealed ? "static " : "abstract " : type.IsSealed ? "sealed " : string.Empty)
                + (isRecord ? "record" : "class"),
        };
        Type? parent = type.BaseType == typeof(object) || type.IsValueType || type.IsEnum ? null : type.BaseType;
        Type[] interfaces = type.IsEnum ? [] : type.GetInterfaces();
        Type[] implied = [.. parent?.GetInterfaces() ?? [], .. interfaces.SelectMany(static i => i.GetInterfaces())];
        IEnumerable<string> bases = interfaces
            .Where(i => i.IsVisible && !implied.Contains(i)
                && !(isRecord && i == typeof(IEquatable<>).MakeGenericType(type)))
            .Select(TypeText.Of).Order(StringComparer.Ordinal);
        string[] all = [.. (parent is null ? [] : new[] { TypeText.Of(parent) }).Concat(bases)];
        return $"{kind} {TypeText.Of(type)}{(all.Length == 0 ? string.Empty : " : " + string.Join(", ", all))}";
    }

    private static IEnumerable<string> Constants(Type type) => type.GetFields(Assemblies.Declared)
        .Where(static f => f.IsPublic || f.IsFamily)
        .OrderBy(static f => f.Name, StringComparer.Ordinal)
        .Select(static f => f.IsLiteral
            ? $"const {TypeText.Of(f.FieldType)} {f.Name} = {TypeText.Literal(f.GetRawConstantValue())}"
            : (f.IsStatic ? "static " : string.Empty) + (f.IsInitOnly ? "readonly " : string.Empty)
                + $"{TypeText.Of(f)} {f.Name}");

    private static IEnumerable<string> Constructors(Type type) => type.GetConstructors(Assemblies.Declared)
        .Where(static c => IsOffered(c) && !c.IsDefined(typeof(CompilerGeneratedAttribute), false))
        .Select(c => $"{Access(c)}{TypeText.Plain(type)}({Parameters(c)})")
        .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Properties(Type type) => type.GetProperties(Assemblies.Declared)
        .Where(static p => p.Name != "EqualityContract" && p.GetAccessors(true).Any(IsOffered))
        .OrderBy(static p => p.Name, StringComparer.Ordinal)
        .Select(static p =>
        {
            MethodInfo first = p.GetAccessors(true).First(IsOffered);
            string index = p.GetIndexParameters().Length == 0 ? string.Empty : $"[{Parameters(first)}]";
            string get = p.GetMethod is { } getter && IsOffered(getter) ? "get; " : string.Empty;
            string set = p.SetMethod is { } setter
                && IsOffered(setter) ? IsInit(setter) ? "init; " : "set; " : string.Empty;
            string required = p.IsDefined(typeof(RequiredMemberAttribute), false) ? "required " : string.Empty;
            return $"{required}{Access(first)}{Modifiers(first)}{TypeText.Of(p)} {p.Name}{index} {{ {get}{set}}}";
        });

    private static IEnumerable<string> Methods(Type type) => type.GetMethods(Assemblies.Declared)
        .Where(static m => IsOffered(m) && !m.IsDefined(typeof(CompilerGeneratedAttribute), false))
        .Where(static m => !m.IsSpecialName || m.Name.StartsWith("op_", StringComparison.Ordinal))
        .Where(static m => !m.Name.Contains('<', StringComparison.Ordinal))
        .Select(static m =>
            $"{Access(m)}{Modifiers(m)}{TypeText.Of(m.ReturnParameter)} {m.Name}{Generic(m)}({Parameters(m)})")
        .Order(StringComparer.Ordinal);

    private static bool IsOffered(MethodBase m) => m.IsPublic || m.IsFamily || m.IsFamilyOrAssembly;

    private static bool IsInit(MethodInfo setter) =>
        setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static string Access(MethodBase m) => m.IsPublic ? string.Empty : "protected ";

    private static string Modifiers(MethodInfo m) => m switch
    {
        { DeclaringType.IsInterface: true, IsStatic: false } => string.Empty,
        { IsStatic: true, IsAbstract: true } => "static abstract ",
        { IsStatic: true } => "static ",
        { IsAbstract: true } => "abstract ",
        _ when m.GetBaseDefinition() != m => m.IsFinal ? "sealed override " : "override ",
        { IsVirtual: true, IsFinal: false } => "virtual ",
        _ => string.Empty,
    };

    private static string Generic(MethodInfo m) => m.IsGenericMethodDefinition
        ? $"<{string.Join(", ", m.GetGenericArguments().Select(static a => a.Name))}>"
        : string.Empty;

    private static string Parameters(MethodBase m) => string.Join(", ", m.GetParameters().Select(p =>
        (p.Position == 0 && m.IsDefined(typeof(ExtensionAttribute), false) ? "this " : string.Empty)
        + (p.IsDefined(typeof(ParamArrayAttribute), false)
            || p.IsDefined(typeof(ParamCollectionAttribute), false) ? "params " : string.Empty)
        + $"{TypeText.Of(p)} {p.Name}"
            + (p.HasDefaultValue ? $" = {TypeText.Literal(p.DefaultValue)}" : string.Empty)));
}
