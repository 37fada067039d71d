using System.Globalization;
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
    /// <summary>The most policies nested in one another.</summary>
    public const int DepthMax = 8;

    /// <summary>The most policies in one, itself and all its parts counted.</summary>
    public const int PolicyCountMax = 64;

    private const string NestedCoverageMessage =
        "The outermost policy says whether claims have to be covered, for the proof as a whole.";

    private readonly KindRegistry<ProofPolicy, ProofPolicyCatalog> policies;

    private ProofPolicyCatalog(KindRegistry<ProofPolicy, ProofPolicyCatalog> policies) => this.policies = policies;

    /// <summary>The policies of this library.</summary>
    public static ProofPolicyCatalog Default { get; } = new(
        new KindRegistry<ProofPolicy, ProofPolicyCatalog>(new(
            "proof policy", "proof", static p => p.Tag, ProofCodes.PolicyMissing, ProofCodes.PolicyUnknown))
        .Add(NoProof.TagName, static (_, _) => new NoProof(), static () => new InlineValidator<NoProof>())
        .Add(
            RequiredProof.TagName,
            static (terms, _) => RequiredProof.Read(terms),
            static () => new RequiredProofValidator())
        .Add(
            StandardProof.TagName,
            static (terms, _) => StandardProof.Read(terms),
            static () => new StandardProofValidator())
        .Add(AllOf.TagName, AllOf.Read, static () => new CompositePolicyValidator<AllOf>())
        .Add(AnyOf.TagName, AnyOf.Read, static () => new CompositePolicyValidator<AnyOf>())
        .Add(AtLeast.TagName, AtLeast.Read, static () => new CompositePolicyValidator<AtLeast>()));

    /// <summary>The names of all policies, sorted.</summary>
    public ValueList<string> Tags => policies.Tags;

    /// <summary>A catalog with one more policy.</summary>
    /// <param name="tag">The policy's name in JSON, with the integrator's prefix and a dot: <c>acme.panel</c>.</param>
    /// <param name="read">Reads the policy's terms.</param>
    /// <param name="validator">Says what is wrong with the policy.</param>
    /// <exception cref="ArgumentException">The name has no prefix, or is taken.</exception>
    public ProofPolicyCatalog With<T>(string tag, Func<TermReader, T> read, IValidator<T> validator)
        where T : ProofPolicy
    {
        ArgumentNullException.ThrowIfNull(read);
        return new(policies.With(tag, (terms, _) => read(terms), validator));
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
        return terms.OptionalObject(name, inner => policies.Read(inner, this) ?? new RequiredProof(default))
            ?? (terms.Has(name) ? new RequiredProof(default) : ProofPolicy.None);
    }

    /// <summary>Reads a list of policies; empty when the term is absent.</summary>
    /// <param name="terms">The terms of the object that holds the list.</param>
    /// <param name="name">The term that holds the list.</param>
    /// <returns>The policies; one that nothing passes where a failure was noted.</returns>
    public ValueList<ProofPolicy> ReadList(TermReader terms, string name)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return terms.List(name, inner => policies.Read(inner, this) ?? new RequiredProof(default), 1, PolicyCountMax);
    }

    /// <summary>Says what is wrong with a policy and the policies inside it; empty when nothing is.</summary>
    /// <param name="policy">The policy; null is itself a failure.</param>
    /// <param name="path">The C# path of the property that holds the policy, such as <c>Clauses[3].Proof</c>.</param>
    public IReadOnlyList<ValidationFailure> Validate(ProofPolicy? policy, string path)
    {
        List<ValidationFailure> failures = [];
        int left = PolicyCountMax;
        Validate(policy, path, 1, ref left, failures);
        return failures;
    }

    private void Validate(
        ProofPolicy? policy, string path, int depth, ref int left, List<ValidationFailure> failures)
    {
        if (depth > DepthMax || --left < 0)
        {
            if (depth > DepthMax || left == -1)
            {
                failures.Add(new(path, $"Policies nest {DepthMax} deep and are {PolicyCountMax} in all, at most.")
                {
                    ErrorCode = ProofCodes.TooLarge,
                });
            }

            return;
        }

        if (policy is CompositePolicy { Parts: { } parts })
        {
            ValidateParts(parts, path, depth, ref left, failures);
            if (parts.Any(static p => p is null))
            {
                return;
            }
        }

        failures.AddRange(policies.Validate(policy, path));
    }

    private void ValidateParts(
        ValueList<ProofPolicy> parts, string path, int depth, ref int left, List<ValidationFailure> failures)
    {
        for (int i = 0; i < parts.Count; i++)
        {
            string place = string.Create(CultureInfo.InvariantCulture, $"{path}.{nameof(CompositePolicy.Of)}[{i}]");
            if (parts[i] is NoProof)
            {
                failures.Add(new(place, "What needs no proof stands alone.") { ErrorCode = ProofCodes.NothingNested });
            }

            if (parts[i] is EvidencePolicy { CoveredClaims: CoveredClaims.AsNamed })
            {
                failures.Add(new($"{place}.{nameof(EvidencePolicy.CoveredClaims)}", NestedCoverageMessage)
                {
                    ErrorCode = ProofCodes.CoverageNested,
                });
            }

            Validate(parts[i], place, depth + 1, ref left, failures);
        }
    }
}
