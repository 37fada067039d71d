using System.Reflection;
using System.Runtime.CompilerServices;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tests.Architecture;

/// <summary>The compiled library, as the architecture tests reflect over it.</summary>
internal static class Assemblies
{
    /// <summary>What a type declares itself, of any access.</summary>
    public const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic
        | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static Assembly Core { get; } = typeof(Reason).Assembly;

    public static Assembly Testing { get; } = Assembly.Load("PerfMarketing.Core.Testing");

    /// <summary>Whether the compiler made a type: closures, iterators, groups of extension members.</summary>
    public static bool IsGenerated(Type type) =>
        type.Name.Contains('<', StringComparison.Ordinal) || type.IsDefined(typeof(CompilerGeneratedAttribute), false)
        || (type.DeclaringType is { } outer && IsGenerated(outer));

    /// <summary>
    /// Whether a type implements a generic interface over itself, such as <c>IEquatable&lt;T&gt;</c>.
    /// </summary>
    public static bool ImplementsOverItself(Type type, Type open) =>
        type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == open
            && i.GenericTypeArguments[0] == type);

    /// <summary>Whether a type is a record, by what the compiler gives records.</summary>
    public static bool IsRecord(Type type) =>
        type.GetMethod("<Clone>$", Declared) is not null
        || (type.IsValueType && type.GetMethod("PrintMembers", Declared) is { } print
            && print.IsDefined(typeof(CompilerGeneratedAttribute), false));
}
