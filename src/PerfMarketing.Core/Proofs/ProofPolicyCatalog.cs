using System.Collections.Immutable;
using FluentValidation;
using FluentValidation.Results;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs.Policies;
using PerfMarketing.Proofs.Validation;

namespace PerfMarketing.Proofs;

/// <summary>The proof policies that contracts may use: one registration feeds JSON and validation.</summary>
/// <remarks>
/// Immutable and thread-safe: <see cref="With{T}"/> returns a new catalog. A policy that is not in the catalog is
/// refused by name, both when it is read and when it is validated; nothing unknown ever passes.
/// </remarks>
public sealed class ProofPolicyCatalog
{
    private readonly ImmutableDictionary<string, Registration> byTag;

    private ProofPolicyCatalog(ImmutableDictionary<string, Registration> byTag) => this.byTag = byTag;

    /// <summary>The policies of this library.</summary>
    public static ProofPolicyCatalog Default { get; } = new ProofPolicyCatalog(
            ImmutableDictionary.Create<string, Registration>(StringComparer.Ordinal))
        .Add(NoProof.TagName, static _ => new NoProof(), new InlineValidator<NoProof>())
        .Add(RequiredProof.TagName, RequiredProof.Read, new RequiredProofValidator());

    /// <summary>The names of all policies, sorted.</summary>
    public ValueList<string> Tags => [.. byTag.Keys.Order(StringComparer.Ordinal)];

    /// <summary>A catalog with one more policy.</summary>
    /// <param name="tag">The policy's name in JSON, with the integrator's prefix and a dot: <c>acme.panel</c>.</param>
    /// <param name="read">Reads the policy's terms.</param>
    /// <param name="validator">Says what is wrong with the policy.</param>
    /// <exception cref="ArgumentException">The name has no prefix, or is taken.</exception>
    public ProofPolicyCatalog With<T>(string tag, Func<TermReader, T> read, IValidator<T> validator)
        where T : ProofPolicy
    {
        ArgumentNullException.ThrowIfNull(tag);
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(validator);
        return tag.IndexOf('.', StringComparison.Ordinal) > 0
            ? Add(tag, read, validator)
            : throw new ArgumentException("A policy's name carries its owner's prefix: 'acme.panel'.", nameof(tag));
    }

    /// <summary>
    /// Reads a policy; absent terms require no proof, and a name that is not in the catalog is a failure.
    /// </summary>
    /// <param name="terms">The terms of the object that holds the policy.</param>
    /// <param name="name">The term that holds the policy.</param>
    /// <returns>The policy; one that nothing passes when a failure was noted.</returns>
    public ProofPolicy Read(TermReader terms, string name)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return terms.OptionalObject(name, Read) ?? (terms.Has(name) ? new RequiredProof(default) : ProofPolicy.None);
    }

    /// <summary>Says what is wrong with a policy; empty when nothing is.</summary>
    /// <param name="policy">The policy; null is itself a failure.</param>
    /// <param name="path">The C# path of the property that holds the policy, such as <c>Clauses[3].Proof</c>.</param>
    public IReadOnlyList<ValidationFailure> Validate(ProofPolicy? policy, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (policy is null)
        {
            return [Failure(path, ProofCodes.PolicyMissing, "A proof policy is required.")];
        }

        if (!byTag.TryGetValue(policy.Tag, out Registration? found) || found.Type != policy.GetType())
        {
            return [Failure(path, ProofCodes.PolicyUnknown, $"The policy '{policy.Tag}' is not in the catalog.")];
        }

        List<ValidationFailure> failures = found.Validate(policy).Errors;
        foreach (ValidationFailure failure in failures)
        {
            failure.PropertyName = $"{path}.{failure.PropertyName}";
        }

        return failures;
    }

    private ProofPolicy Read(TermReader terms)
    {
        string tag = terms.Text("proof");
        if (byTag.TryGetValue(tag, out Registration? found))
        {
            return found.Read(terms);
        }

        if (tag.Length > 0)
        {
            terms.Fail("proof", ProofCodes.PolicyUnknown, "No proof policy has this name.");
        }

        terms.IgnoreRest();
        return new RequiredProof(default);
    }

    private ProofPolicyCatalog Add<T>(string tag, Func<TermReader, T> read, IValidator<T> validator)
        where T : ProofPolicy => byTag.ContainsKey(tag)
            ? throw new ArgumentException($"The policy name '{tag}' is taken.", nameof(tag))
            : new(byTag.Add(tag, new(typeof(T), read, policy => validator.Validate((T)policy))));

    private static ValidationFailure Failure(string path, string code, string message) =>
        new(path, message) { ErrorCode = code };

    private sealed record Registration(
        Type Type, Func<TermReader, ProofPolicy> Read, Func<ProofPolicy, ValidationResult> Validate);
}
