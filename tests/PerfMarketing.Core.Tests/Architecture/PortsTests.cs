using System.Reflection;
using PerfMarketing.DependencyInjection;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tests.Architecture;

/// <summary>Ports are small, asynchronous and cancellable, and nobody can forget the token.</summary>
public sealed class PortsTests
{
    private const int MethodCountMax = 3;

    private static readonly string[] Promises = ["Ordering: ", "Idempotency: ", "Consistency: ", "Thread safety: "];

    // What a host may bring, but for the shapes of data and the builder.
    private static readonly Type[] NoPorts = [typeof(ITerms), typeof(IIdentifier<>), typeof(IPerfMarketingBuilder)];

    [Fact]
    public void Ports_are_small() =>
        Ports().Where(static t => t.GetMethods().Count(static m => m.IsAbstract) > MethodCountMax)
            .Select(static t => $"{t.Name}: {t.GetMethods().Count(static m => m.IsAbstract)} methods")
            .ShouldBeNone("a host writes these; those for many at once come by themselves");

    [Fact]
    public void Asynchronous_methods_return_value_tasks() =>
        Methods().Where(static m => typeof(Task).IsAssignableFrom(m.ReturnType))
            .Select(Name)
            .ShouldBeNone("stores in memory and caches answer at once");

    [Fact]
    public void Asynchronous_methods_take_a_token_that_cannot_be_forgotten() =>
        Methods().Where(IsAsynchronous)
            .Where(static m => m.GetParameters() is not [.., { HasDefaultValue: false } last]
                || last.ParameterType != typeof(CancellationToken))
            .Select(Name)
            .ShouldBeNone("the last parameter is a CancellationToken without a default");

    [Fact]
    public void Ports_say_what_they_promise()
    {
        var comments = DocComments.Of(Assemblies.Core);
        IEnumerable<string> silent =
            from port in Assemblies.Core.GetExportedTypes().Where(static t => t.IsInterface).Except(NoPorts)
            from promise in Promises
            where comments.Remarks(port).Count(p => p.StartsWith(promise, StringComparison.Ordinal)) != 1
            select $"{port.Name}: {promise}";

        silent.ShouldBeNone("the remarks of a port have one paragraph for each, so that a host knows what to keep");
        Ports().Should().NotIntersectWith(NoPorts);
    }

    private static IEnumerable<Type> Ports() =>
        Assemblies.Core.GetExportedTypes().Where(static t => t.IsInterface && t.GetMethods().Any(IsAsynchronous));

    private static IEnumerable<MethodInfo> Methods() =>
        from type in Assemblies.Core.GetExportedTypes()
        from method in type.GetMethods(Assemblies.Declared)
        where method.IsPublic && method.Name != nameof(IAsyncDisposable.DisposeAsync)
        select method;

    private static bool IsAsynchronous(MethodInfo method) =>
        method.ReturnType == typeof(ValueTask) || (method.ReturnType.IsGenericType
            && method.ReturnType.GetGenericTypeDefinition() is { } open
            && (open == typeof(ValueTask<>) || open == typeof(IAsyncEnumerable<>)));

    private static string Name(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";
}
