using System.Reflection;
using FluentValidation;
using FluentValidation.Internal;
using FluentValidation.Validators;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfMarketing.Contracts;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Models;

namespace PerfMarketing.Tests.Architecture;

/// <summary>Every rule of every validator says in a stable code and in a sentence what is wrong.</summary>
public sealed class ValidatorTests
{
    [Fact]
    public void Rules_have_a_code_and_a_message()
    {
        IEnumerable<string> silent =
            from type in Assemblies.Core.GetTypes()
            where !type.IsAbstract && !type.ContainsGenericParameters && IsValidator(type)
            from rule in Create(type).CreateDescriptor().Rules
            from component in rule.Components
            where component.Validator is not IChildValidatorAdaptor && !IsCustom(component.Validator)
            where !HasCode(component) || !HasMessage(component)
            select $"{type.Name}: {rule.PropertyName} {component.Validator.Name} (code '{component.ErrorCode}')";

        silent.ShouldBeNone("each needs WithErrorCode and WithMessage");
    }

    [Fact]
    public void Failures_made_by_hand_have_a_code()
    {
        IEnumerable<string> silent =
            from file in SourceTree.Core
            from node in file.Syntax.DescendantNodes()
            where node switch
            {
                ObjectCreationExpressionSyntax { Type: var type } made =>
                    type.ToString() == "ValidationFailure"
                        && made.Initializer?.ToString().Contains("ErrorCode", StringComparison.Ordinal) != true,
                InvocationExpressionSyntax { ArgumentList.Arguments.Count: > 1 } call =>
                    call.Expression.ToString().EndsWith(".AddFailure", StringComparison.Ordinal),
                _ => false,
            }
            select $"{file.At(node)}: {node}";

        silent.ShouldBeNone("a failure names its ErrorCode");
    }

    private static bool IsValidator(Type type)
    {
        Type? t = type;
        while (t is not null && !(t.IsGenericType && t.GetGenericTypeDefinition() == typeof(AbstractValidator<>)))
        {
            t = t.BaseType;
        }

        return t is not null;
    }

    // A Custom rule is a predicate around an action, and makes its own failures.
    private static bool IsCustom(object holder) => holder.GetType()
        .GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)
        .Select(f => f.GetValue(holder)).OfType<Delegate>()
        .Any(static d => d.Method.ReturnType == typeof(void)
            || (d.Method.DeclaringType!.Assembly == typeof(IValidator).Assembly && d.Target is { } t && IsCustom(t)));

    // Without a code of its own a component has its validator's name, which has no area.
    private static bool HasCode(IRuleComponent component) =>
        component.ErrorCode?.Contains('.', StringComparison.Ordinal) == true;

    private static bool HasMessage(IRuleComponent component)
    {
        try
        {
            string said = component.GetUnformattedErrorMessage();
            return !string.IsNullOrEmpty(said) && said != component.Validator.GetDefaultMessageTemplate(null)
                && said != component.Validator.GetDefaultMessageTemplate(component.ErrorCode);
        }
        catch (NullReferenceException)
        {
            return true; // The message is made from the instance, and there is none here.
        }
    }

    private static IValidator Create(Type type)
    {
        ConstructorInfo constructor = type
            .GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
            .OrderBy(static c => c.GetParameters().Length).First();
        object?[] arguments = [.. constructor.GetParameters()
            .Select(static p => p.HasDefaultValue ? p.DefaultValue : Standard(p.ParameterType))];
        return (IValidator)constructor.Invoke(arguments);
    }

    // A catalog has a standard instance; drafts and models that a validator looks at have an ordinary one.
    private static object Standard(Type type) =>
        type == typeof(ContractDraft) ? ContractDraft.For("c")
        : type == typeof(Tiered) ? new Tiered([])
        : type == typeof(PayoutModel) ? new Tiered([])
        : StandardOf(type);

    private static object StandardOf(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Static)
        .FirstOrDefault(p => p.PropertyType == type)?.GetValue(null)
        ?? throw new InvalidOperationException($"{type.Name} needs a static property with its standard instance.");
}
